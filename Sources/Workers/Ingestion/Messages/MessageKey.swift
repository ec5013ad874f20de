/// Every sentence that an import says, by its name.
enum MessageKey: String, CaseIterable {
    case empty, noDay, noMoney, negativeMoney, largeMoney, noFlag, noChoice, noCount
    case controlCharacters, textTooLong, noUTF8, cellError, formulaWithoutValue, dayInText
    case dayInMoney, fraction, expectText, expectDay, expectMoney, expectCount, expectFlag
    case expectChoice, didYouMean, nearestUnit, nearestOfficer, fillIn, shorten, removeControl
    case mendFormula, calculateFormula, formatAsText, wholeDong, saveAsUTF8, tryEncoding
    case tooManyCells, quoteCells, duplicateKey, dropDuplicate, unknownUnit, importUnits
    case unknownOfficer, importOfficers, unknownCase, importCases, unknownAsset, importAssets
    case exampleSkipped, totalSkipped, footSkipped, unknownColumn, doubleColumn, keepOne
    case missingColumn, addColumn, headingNoUTF8, emptyFile, headingFirst, looksLegacy
    case unknownKind, nameKind, nulCharacter, openQuote, closeQuote, rowTooLong, checkQuotes
    case tooManyFields, checkSeparator, cutUTF16, sendWhole, mixedEncoding, noWorkbook
    case oldWorkbook, saveAsWorkbook, brokenZip, brokenXML, missingPart, refusedDoctype
    case tooManyParts, partTooLarge, totalTooLarge, zipBomb, tooDeep, columnTooFar, rowTooFar
    case cellTooLong, tokenTooLong, tooManyStrings, badString, splitWorkbook, deleteFarCells
    case noSheet, nameSheet, hiddenSheet, unhide, unknownSheet, emptySheet, kindForOneSheet
    case dropKind, tooManySheets, tooManyTables, splitImport, mergesNotSpread
    case unknownParentUnit, paymentBeforeDecision, decisionBeforeCase, seizureBeforeDecision
    case caseBeforeJudgment, decisionLate, paymentBeyondDebt, seizureInVoluntaryPeriod
    case roundBeforeSeizure, reductionTooEarly
    case completedWithDebt, reductionTooDeep, unknownEncoding, knownEncodings, fileCount
    case fileTooLarge, fileLimit, noKind, kinds, errorsSheet, columnFile, columnSheet
    case columnRow, columnColumn, columnCell, columnSeverity, columnMessage, columnFound
    case columnExpected, columnHint, columnCode, severityError, severityWarning, moreFindings
    case listsSheet, exampleNote, requiredNote, optionalNote, chooseFromList
}
