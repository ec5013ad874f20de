internal import Glibc
internal import Rules

/// The time of the page: what day it is in Vietnam when a reader names none, and how old a session is.
enum Clock {
    /// Seconds since 1970.
    static var seconds: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec)
    }

    /// The day in Vietnam, which keeps UTC+7 all year.
    static var today: Day { Day(number: Int32((seconds + 7 * 3600) / 86_400)) }
}
