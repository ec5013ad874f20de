import AdminCommands

await AdminCommandLine.runProcess()
