import Testing
@testable import Datagen
