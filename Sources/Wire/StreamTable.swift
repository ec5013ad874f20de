/// Values by stream id, found by a step or two.
///
/// A value keeps its index until it is removed. At most half of the places are taken, and a multiplication parts ids that
/// follow each other: in one long run of them each removal would walk to its end.
public struct StreamTable<Value> {
    /// Two to the power of `bits` places, each the index of an entry or -1.
    @usableFromInline var places: ContiguousArray<Int32>
    @usableFromInline var bits: UInt32 = 4
    /// By index; 0, the connection itself, marks an entry that is free.
    @usableFromInline var ids: ContiguousArray<UInt32> = []
    @usableFromInline var values: ContiguousArray<Value> = []
    @usableFromInline var free: ContiguousArray<Int32> = []
    /// What stands where no value is.
    @usableFromInline let vacant: Value

    @inlinable
    public init(vacant: Value) {
        self.vacant = vacant
        places = ContiguousArray(repeating: -1, count: 16)
    }

    @inlinable public var count: Int { values.count - free.count }
    @inlinable public var isEmpty: Bool { count == 0 }

    /// The ids that have a value, sorted.
    @inlinable public var sortedIDs: [StreamID] {
        ids.filter { $0 != 0 }.sorted().map { StreamID(rawValue: $0) }
    }

    @inlinable
    public func index(of id: StreamID) -> Int? {
        guard let place = place(of: id.rawValue) else { return nil }
        return Int(places[place])
    }

    @inlinable
    public subscript(at index: Int) -> Value {
        _read { yield values[index] }
        _modify { yield &values[index] }
    }

    /// Adds a value; one that the id had already gives way.
    @inlinable
    @discardableResult
    public mutating func insert(_ value: Value, for id: StreamID) -> Int {
        if let known = index(of: id) {
            values[known] = value
            return known
        }
        if (count + 1) * 2 > places.count { grow() }
        let index: Int
        if let reused = free.popLast() {
            index = Int(reused)
            values[index] = value
            ids[index] = id.rawValue
        } else {
            index = values.count
            values.append(value)
            ids.append(id.rawValue)
        }
        settle(index)
        return index
    }

    /// Takes the value out; nil when there is none.
    @inlinable
    @discardableResult
    public mutating func remove(_ id: StreamID) -> Value? {
        guard let place = place(of: id.rawValue) else { return nil }
        let index = Int(places[place])
        vacate(place)
        var value = vacant
        swap(&value, &values[index])
        ids[index] = 0
        free.append(Int32(truncatingIfNeeded: index))
        return value
    }

    @inlinable
    func home(_ id: UInt32) -> Int {
        Int((id >> 1 &* 0x9E37_79B9) >> (32 - bits))
    }

    @inlinable
    func place(of id: UInt32) -> Int? {
        guard id != 0 else { return nil }
        var place = home(id)
        while true {
            let index = places[place]
            if index < 0 { return nil }
            if ids[Int(index)] == id { return place }
            place = (place + 1) & (places.count - 1)
        }
    }

    /// Puts an entry into the first free place from its home on.
    @inlinable
    mutating func settle(_ index: Int) {
        var place = home(ids[index])
        while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
        places[place] = Int32(truncatingIfNeeded: index)
    }

    /// Empties a place; entries behind it that would no longer be found move up.
    @inlinable
    mutating func vacate(_ place: Int) {
        let mask = places.count - 1
        var hole = place
        var next = (place + 1) & mask
        while places[next] >= 0 {
            let distance = (next - home(ids[Int(places[next])])) & mask
            if distance >= (next - hole) & mask {
                places[hole] = places[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        places[hole] = -1
    }

    @inlinable
    mutating func grow() {
        bits += 1
        places = ContiguousArray(repeating: -1, count: 1 << bits)
        for index in ids.indices where ids[index] != 0 { settle(index) }
    }
}

extension StreamTable: Sendable where Value: Sendable {}
