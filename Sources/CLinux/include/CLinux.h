#ifndef CAODIEM_CLINUX_H
#define CAODIEM_CLINUX_H
#endif
