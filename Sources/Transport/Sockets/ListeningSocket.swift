public import Wire

/// A listening socket for a server that is no CDP/1 listener, such as the gRPC gateway's.
public enum ListeningSocket {
    /// Listens on a unix socket with mode 0660, however long the path; the descriptor is the caller's.
    ///
    /// - Throws: FAILED_PRECONDITION when another process listens there or the folder refuses.
    public static func unix(path: String) throws(Failure) -> Int32 {
        try UnixSocket.listen(path: path)
    }
}
