/** Tags that a file about a series repeats from it, with their value representations: whose the series is, and in which space. */
export const identityTags: Readonly<Record<string, string>> = {
  '00080005': 'CS', // SpecificCharacterSet
  '00080020': 'DA', // StudyDate
  '00080030': 'TM', // StudyTime
  '00080050': 'SH', // AccessionNumber
  '00080090': 'PN', // ReferringPhysicianName
  '00100010': 'PN', // PatientName
  '00100020': 'LO', // PatientID
  '00100030': 'DA', // PatientBirthDate
  '00100040': 'CS', // PatientSex
  '00120062': 'CS', // PatientIdentityRemoved
  '00120063': 'LO', // DeidentificationMethod
  '0020000d': 'UI', // StudyInstanceUID
  '00200010': 'SH', // StudyID
  '00200052': 'UI', // FrameOfReferenceUID
  '00201040': 'LO', // PositionReferenceIndicator
}
