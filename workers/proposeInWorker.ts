import type { ListedImage } from '../src/core/cohort/proposal/listedImage.ts'
import type { ProposalOptions, ProposedStudy } from '../src/core/cohort/proposal/proposeStudy.ts'
import type { ProposalApi } from './proposalApi.ts'
import { createStayingWorker } from './stayingWorker.ts'
import { workerKind } from './workerKind.ts'

/** Images that were listed, in a worker of their own: a study of hundreds of patients takes it longer than a page may stand still. */
export interface OpenProposal {
  propose(options: ProposalOptions): Promise<ProposedStudy>
  /** Ends the worker, with what it was still asked for. */
  close(): void
}

const startProposer = workerKind<ProposalApi>(
  'proposal',
  () => new Worker(new URL('./proposal.worker.ts', import.meta.url), { type: 'module' }),
)

export function openProposal(images: readonly ListedImage[]): OpenProposal {
  const worker = createStayingWorker(startProposer, (api) => api.open(images.map(alone)))
  return {
    propose: (options) => worker.ask((api) => api.propose(options)),
    close: () => worker.close(),
  }
}

/** Without what else the caller knows of it, such as its files. */
function alone({ id, volume, root, named, disputed }: ListedImage): ListedImage {
  return { id, volume, ...(root !== undefined && { root }), ...(named && { named }), ...(disputed !== undefined && { disputed }) }
}
