import CMessages
import CProtobufC

/// Memory for one encoding or decoding: handed out by moving a cursor, given back all at once.
///
/// It is protobuf-c's allocator too, and there the budget counts: past it the allocator answers
/// NULL, on which protobuf-c gives up cleanly.
struct Arena {
    /// Lives in the frame of `with(budget:nextBlock:_:)`, which alone makes an `Arena`.
    private struct State {
        var cursor: UInt
        var end: UInt
        var remaining: Int
        var nextBlockSize: Int
        var newestBlock: UnsafeMutableRawPointer?
        var isExhausted = false
    }

    /// Every block starts with the address of the one before it.
    private static let blockHeaderSize = 16
    private static let blockAlignment = 16
    private static let onStack = 1024
    private static let largestGrowth = 256 << 10

    private let state: UnsafeMutablePointer<State>

    /// Runs `body` with an empty arena and frees all its memory afterwards.
    ///
    /// The first bytes lie on the stack: many messages need no more.
    ///
    /// - Parameters:
    ///   - budget: bytes that may be handed out in all.
    ///   - nextBlock: bytes to reserve once those are used up; a guess that saves later blocks.
    static func with<R, E: Error>(
        budget: Int, nextBlock: Int, _ body: (Arena) throws(E) -> R
    ) throws(E) -> R {
        try withUnsafeTemporaryAllocation(byteCount: onStack, alignment: blockAlignment) {
            stack throws(E) in
            let start = UInt(bitPattern: stack.baseAddress)
            var state = State(
                cursor: start, end: start + UInt(stack.count), remaining: budget,
                nextBlockSize: min(max(nextBlock, 512), largestGrowth))
            defer { releaseBlocks(of: state) }
            return try withUnsafeMutablePointer(to: &state) { pointer throws(E) in
                try body(Arena(state: pointer))
            }
        }
    }

    /// True when a request went over the budget.
    var isExhausted: Bool { state.pointee.isExhausted }

    /// Bytes for an object of `size`, aligned for it; nil when the budget does not reach.
    ///
    /// An object's alignment divides its size, so the size's lowest set bit is alignment enough.
    func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        Self.allocate(size, from: state)
    }

    /// Uninitialised room for `count` elements.
    ///
    /// For filling structs, where the budget is unlimited: running out of it there is a bug.
    func room<T>(for type: T.Type, count: Int) -> UnsafeMutablePointer<T> {
        guard let bytes = allocate(count * MemoryLayout<T>.stride) else {
            preconditionFailure("an arena for encoding was given a budget")
        }
        return bytes.bindMemory(to: T.self, capacity: count)
    }

    /// Runs `body` with this arena as protobuf-c's allocator.
    func withAllocator<R>(_ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> R) -> R {
        var allocator = ProtobufCAllocator(
            alloc: { data, size in
                guard let data else { return nil }
                return Arena.allocate(size, from: data.assumingMemoryBound(to: State.self))
            },
            free: { _, _ in },
            allocator_data: UnsafeMutableRawPointer(state))
        return withUnsafeMutablePointer(to: &allocator, body)
    }

    private static func allocate(
        _ size: Int, from state: UnsafeMutablePointer<State>
    ) -> UnsafeMutableRawPointer? {
        guard size >= 0, size <= state.pointee.remaining else {
            state.pointee.isExhausted = true
            return nil
        }
        let alignment = size == 0 ? 1 : UInt(min(size & -size, blockAlignment))
        var start = (state.pointee.cursor &+ alignment &- 1) & ~(alignment &- 1)
        if start &+ UInt(size) > state.pointee.end {
            addBlock(for: size, to: state)
            start = state.pointee.cursor
        }
        state.pointee.cursor = start &+ UInt(size)
        state.pointee.remaining -= size
        return UnsafeMutableRawPointer(bitPattern: start)
    }

    private static func addBlock(for size: Int, to state: UnsafeMutablePointer<State>) {
        let capacity = max(size, state.pointee.nextBlockSize)
        state.pointee.nextBlockSize = min(capacity * 2, largestGrowth)
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + blockHeaderSize, alignment: blockAlignment)
        block.storeBytes(of: state.pointee.newestBlock, as: UnsafeMutableRawPointer?.self)
        state.pointee.newestBlock = block
        state.pointee.cursor = UInt(bitPattern: block) + UInt(blockHeaderSize)
        state.pointee.end = state.pointee.cursor + UInt(capacity)
    }

    private static func releaseBlocks(of state: State) {
        var block = state.newestBlock
        while let current = block {
            block = current.load(as: UnsafeMutableRawPointer?.self)
            current.deallocate()
        }
    }
}
