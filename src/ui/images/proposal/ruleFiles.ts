import { messageOf } from '../../../core/messages/message.ts'
import { namingWords } from '../../../core/study/freeText.ts'
import { formatRules } from '../../../io/studyFile/rulesFile.ts'
import '../../../messages/sayStudyFile.ts'
import { readRules } from '../../../io/studyFile/readProposal.ts'
import { sayInFiles } from '../../../messages/say.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import type { StudyImporter } from '../../../state/importing/importStudy.ts'
import type { ProposedImport } from '../../../state/studyImport.ts'

/** As `texel study --import --rules` reads them; a rule that names somebody of these patients stays here. */
export function saveRules({ rules, listed }: ProposedImport): void {
  const naming = namingWords(listed.images.map(({ volume }) => volume.source.dicom ?? {}))
  downloadFile('rules.json', formatRules(rules, naming, sayInFiles).text, 'application/json')
}

/** What is no file of rules is told and changes nothing. */
export async function loadRules(file: File, importer: StudyImporter): Promise<void> {
  try {
    await importer.giveRules(readRules(await file.text()))
  } catch (error) {
    importer.tell(messageOf(error))
  }
}
