/**
 * What is taken from a header and may leave with the study: nothing else of it stands in an image's record. Numbers leave as such; codes
 * and words of the scanner as text; what people write (`free`) may name a patient, and leaves only where several patients share it; what
 * the grid tells too (`grid`) stands in no table beside it.
 */
const technicalAttributes = {
  Modality: 'text',
  Manufacturer: 'text',
  ManufacturerModelName: 'text',
  MagneticFieldStrength: 'number',
  SeriesDescription: 'free',
  ProtocolName: 'free',
  SequenceName: 'text',
  ScanningSequence: 'text',
  SequenceVariant: 'text',
  ScanOptions: 'text',
  MRAcquisitionType: 'text',
  ImageType: 'text',
  RepetitionTime: 'number',
  EchoTime: 'number',
  FlipAngle: 'number',
  InversionTime: 'number',
  SliceThickness: 'number',
  SpacingBetweenSlices: 'number',
  PixelSpacing: 'grid',
  Rows: 'grid',
  Columns: 'grid',
  NumberOfTemporalPositions: 'number',
  TemporalPositionIdentifier: 'number',
  TemporalResolution: 'number',
  DiffusionBValue: 'number',
  AcquisitionMatrix: 'grid',
  ReceiveCoilName: 'text',
  PatientPosition: 'text',
} as const

export type TechnicalKey = keyof typeof technicalAttributes
type TechnicalKind = (typeof technicalAttributes)[TechnicalKey]

export const technicalKeys = Object.keys(technicalAttributes) as readonly TechnicalKey[]

export const technicalOf = (...kinds: readonly TechnicalKind[]): readonly TechnicalKey[] =>
  technicalKeys.filter((key) => kinds.includes(technicalAttributes[key]))
