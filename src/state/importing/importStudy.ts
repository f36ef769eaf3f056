import { isToldPatient } from '../../core/cohort/groupPatients.ts'
import { correctRole, rulesForAllLike } from '../../core/cohort/proposal/correctRole.ts'
import { answerTo, type Answer } from '../../core/cohort/proposal/decisions.ts'
import { countEffect, type KnownNames, type ProposedImage } from '../../core/cohort/proposal/proposeStudy.ts'
import { studyRecords } from '../../core/cohort/proposal/studyRecords.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import { groupBy } from '../../core/numeric/groupBy.ts'
import type { RoleRule, RoleSpec } from '../../core/study/roles.ts'
import type { Decision } from '../../core/study/study.ts'
import { isNumbered } from '../../core/study/unnamedStudy.ts'
import type { ListingRecords } from '../../io/importing/listingCache.ts'
import { folderOf } from '../../io/sourceFile.ts'
import type { ImportStore } from '../../storage/importStore.ts'
import { randomId } from '../../storage/newPatient.ts'
import type { PatientRecordStore, StudyRecords } from '../../storage/patientRecordStore.ts'
import type { FoldersStore } from '../folders.ts'
import type { ImagesState, NamedFile } from '../images.ts'
import type { Readable } from '../readable.ts'
import type { ReadersState } from '../readers.ts'
import { told } from '../messages.ts'
import type { OpenRoi } from '../region.ts'
import type { RoiState } from '../roi.ts'
import type { ScreenState } from '../screen.ts'
import type { ListedFiles, ListFiles, OpenProposal, ProposedImport, ProposedMasks, StudyImportStore } from '../studyImport.ts'
import type { WorkListState } from '../workList.ts'
import { createMaskImporter, type MaskImporterServices } from './importMasks.ts'
import { createLinkedFolders } from './linkedFolders.ts'
import { placesOf } from './placesOf.ts'

export interface ImportStudyServices extends Pick<MaskImporterServices, 'lesions' | 'readFiles' | 'openLabels'> {
  readonly store: StudyImportStore
  readonly folders: FoldersStore
  readonly kept: ImportStore
  readonly records: Pick<PatientRecordStore, 'load'>
  readonly images: Readable<
    Pick<ImagesState, 'addListed' | 'addProblem' | 'asleep' | 'removeListed' | 'sleep' | 'volumes' | 'wake'>
  >
  readonly roi: Readable<RoiState>
  readonly readers: Readable<Pick<ReadersState, 'reader'>>
  readonly screen: Readable<Pick<ScreenState, 'show' | 'showList'>>
  readonly workList: Readable<Pick<WorkListState, 'reload'>>
  readonly listFiles: ListFiles
  readonly openProposal: OpenProposal
  readonly now: () => number
  /** Of this program: what another one found in files is looked at again. */
  readonly version: string
}

export type StudyImporter = ReturnType<typeof createStudyImporter>

/** For whom a correction is meant: the patient whose images they are, or all images alike. */
export type Scope = 'patient' | 'alike'

/** Folders become a study: listed, proposed, corrected, taken. */
export function createStudyImporter(services: ImportStudyServices) {
  const { store, kept, records, images, roi, readers, screen, workList, listFiles, openProposal, now, version } = services
  const linked = createLinkedFolders(services)
  const masks = createMaskImporter(services)
  let abort = new AbortController()
  /** Of the study as it was when the folders were listed. */
  let known: { readonly names: KnownNames; readonly roles: readonly RoleSpec[]; readonly records: StudyRecords } | undefined

  const who = () => ({ by: readers.getState().reader, at: now() })
  const proposed = (): ProposedImport | undefined => {
    const state = store.getState()
    return state.status === 'proposed' ? state : undefined
  }
  /** Of the images that are proposed, or about to be. */
  let proposal: { readonly listed: ListedFiles; readonly opened: ReturnType<OpenProposal> } | undefined
  const endProposal = () => {
    void proposal?.opened.then(({ close }) => close()).catch(() => undefined)
    proposal = undefined
  }
  const propose = async (listed: ListedFiles, rules: readonly RoleRule[], answers: readonly Answer[]) => {
    if (proposal?.listed !== listed) {
      endProposal()
      proposal = { listed, opened: openProposal(listed.images) }
    }
    return (await proposal.opened).propose({ rules, answers, roles: known!.roles, known: known!.names })
  }

  /** Changes are made one after another, each to what the one before made of the study. */
  let changing: Promise<void> = Promise.resolve()
  const change = (changesOf: (state: ProposedImport) => Partial<Pick<ProposedImport, 'rules' | 'answers'>>) =>
    (changing = changing.then(async () => {
      const state = proposed()
      if (!state || state.taking) return
      const { listed } = state
      const studyOf = async () => {
        const { rules, answers } = { ...state, ...changesOf(state) }
        return { study: await propose(listed, rules, answers), rules, answers, problem: null }
      }
      const news = await studyOf().catch((error: unknown) => ({ problem: messageOf(error) }))
      const now = proposed()
      if (now?.listed === listed && !now.taking) store.setState({ ...now, ...news }, true)
    }))

  const corrected = (
    { study, rules, answers }: ProposedImport,
    own: readonly ProposedImage[],
    role: string | null,
    scope: Scope,
  ): Pick<ProposedImport, 'rules' | 'answers'> =>
    scope === 'alike'
      ? { rules: addRules(rules, rulesForAllLike(own, role, who())), answers }
      : { rules, answers: [...answers, ...correctRole(study, own, role, { roles: known!.roles, ...who() })] }

  /** What is in the files, of earlier listings where nothing changed. */
  async function list(files: readonly NamedFile[], signal: AbortSignal): Promise<ListedFiles> {
    const folders = [...new Set(files.map(({ path }) => folderOf(path)))]
    // What is not kept is read again.
    const earlier = await kept.listings(folders).catch(() => [])
    const looks = earlier.filter(({ program }) => program === version).flatMap((listing) => listing.looks)
    const name = nameOf(files)
    store.setState({ status: 'listing', reads: 'headers', name, done: 0, total: files.length }, true)
    const onProgress = (done: number, total: number) => {
      if (!signal.aborted) store.setState({ status: 'listing', reads: 'headers', name, done, total }, true)
    }
    const { records: found, ...listed } = await listFiles(files, looks, { signal, onProgress })
    signal.throwIfAborted()
    await keepListings(found, new Set(looks.map(([file]) => file)))
    return listed
  }

  async function keepListings(found: ListingRecords, known: ReadonlySet<string>) {
    const byFolder = groupBy(found, ([file]) => folderOf((JSON.parse(file) as [string])[0]))
    const news = [...byFolder].filter(([, looks]) => looks.some(([file]) => !known.has(file)))
    // A browser without room lists again the next time.
    await kept.keepListings(news.map(([folder, looks]) => ({ folder, program: version, looks }))).catch(() => undefined)
  }

  async function readKnown(): Promise<StudyRecords> {
    const found = await records.load()
    const imageOf = new Map(found.images.map(({ id, patient }) => [patient, id]))
    const imported = found.patients.filter(({ id, label }) => !isNumbered(label) && imageOf.has(id))
    known = {
      records: found,
      roles: found.study.roles,
      names: {
        centres: await kept.centres(),
        patients: imported.map(({ id, label }) => ({ label, image: imageOf.get(id)! })),
      },
    }
    return found
  }

  /** Images of the study are at hand, to be read when they are wanted: as they are now, since somebody gave them. */
  const addListed = (listed: ListedFiles, study: Pick<StudyRecords, 'images'>) => {
    const inStudy = new Set(study.images.map(({ id }) => id))
    images.getState().addListed(
      listed.images
        .filter(({ id }) => inStudy.has(id))
        .map(({ id, volume, warnings, files }) => {
          const identity = { image: id, content: null }
          return { volume, warnings, identity, findFiles: async () => files }
        }),
    )
  }

  const showList = async () => {
    await workList.getState().reload()
    await linked.look()
    store.setState({ status: 'none' }, true)
    screen.getState().showList(true)
    screen.getState().show('roi')
  }

  /** Masks among the files, if there are any: they are of patients who are there, and no patients of their own. */
  async function proposeMasks(
    files: readonly NamedFile[],
    listed: ListedFiles,
    records: StudyRecords,
    signal: AbortSignal,
  ): Promise<boolean> {
    const name = nameOf(files)
    const onProgress = (done: number, total: number) => {
      if (!signal.aborted) store.setState({ status: 'listing', reads: 'masks', name, done, total }, true)
    }
    const found = await masks.find(listed, { records, clinicIds: await kept.clinicIds() }, { signal, onProgress })
    signal.throwIfAborted()
    if (found.length === 0) return false
    const taken = new Set(found.flatMap((mask) => mask.files.map(({ path }) => path)))
    const labels = new Map(records.patients.map(({ id, label }) => [id, label]))
    const drawnOn = records.images.map(({ id, patient, role }) => ({ id, role, label: labels.get(patient)! }))
    store.setState({ status: 'masks', masks: found, images: drawnOn, rest: files.filter(({ path }) => !taken.has(path)), laying: null }, true) // prettier-ignore
    screen.getState().show('images')
    return true
  }

  const proposedMasks = (): ProposedMasks | undefined => {
    const state = store.getState()
    return state.status === 'masks' ? state : undefined
  }

  return {
    /** See `createLinkedFolders`. */
    lookAtFolders: linked.look,
    connect: linked.connect,
    giveStudyFile: linked.giveFile,
    linkStudyFile: linked.linkFile,

    /**
     * Lists folders. What they hold is proposed as a study where headers or names tell of more than one patient, or where there is a
     * study already; one patient's images, and files that do not tell whose they are, are opened at once as single files are. Where the
     * study knows all of them, its images are at hand again and nothing is asked. Masks of patients of the study are proposed first.
     * @param always as a study, whatever is in them
     * @returns whether the files were taken care of; else they are to be opened
     */
    async open(files: readonly NamedFile[], always = false): Promise<boolean> {
      abort.abort()
      abort = new AbortController()
      const { signal } = abort
      const before = proposed()
      const all = [...new Map([...(before?.files ?? []), ...files].map((file) => [file.path, file])).values()]
      try {
        const listed = await list(all, signal)
        const study = await readKnown()
        signal.throwIfAborted()
        const { patients: imported } = known!.names
        if (imported.length > 0) addListed(listed, study)
        if (imported.length > 0 && !before && (await proposeMasks(all, listed, study, signal))) return true
        const inStudy = new Set(study.images.map(({ id }) => id))
        if (imported.length > 0 && listed.images.length > 0 && listed.images.every(({ id }) => inStudy.has(id))) {
          await kept.keepPlaces(await placesOf(listed, undefined, await kept.links()))
          await showList()
          roi.getState().tell(told('images-at-hand', { images: listed.images.length }))
          return true
        }
        const rules = before?.rules ?? study.study.rules
        const answers = before?.answers ?? study.decisions.flatMap((one) => (one.chosen ? [answerTo(one, one.chosen)] : []))
        const found = await propose(listed, rules, answers)
        signal.throwIfAborted()
        const named = found.patients.filter(isToldPatient).length
        if (!always && !before && !(named > 1 || (named > 0 && imported.length > 0))) {
          endProposal()
          store.setState({ status: 'none' }, true)
          return false
        }
        store.setState(
          { status: 'proposed', files: all, listed, study: found, rules, answers, taking: null, problem: null },
          true,
        )
        screen.getState().show('images')
        return true
      } catch (error) {
        if (signal.aborted && abort.signal !== signal) return true
        store.setState(before ?? { status: 'none' }, true)
        if (!signal.aborted) images.getState().addProblem({ path: all[0]?.path.split('/')[0] ?? '', reason: messageOf(error) })
        return true
      }
    },

    /** Ends a listing; what was found before it stays. */
    cancel: () => abort.abort(),

    /** Nothing of the proposal is taken. @returns its files */
    discard(): readonly NamedFile[] {
      const files = proposed()?.files ?? []
      endProposal()
      store.setState({ status: 'none' }, true)
      return files
    },

    answer: (decision: Decision, option: string): Promise<void> =>
      change(({ answers }) => ({ answers: [...answers, answerTo(decision, { option, ...who() })] })),

    /** @param own images of one patient for 'patient'; else all images alike */
    correct: (own: readonly ProposedImage[], role: string | null, scope: Scope): Promise<void> =>
      change((state) => corrected(state, own, role, scope)),

    /** How many patients and images a correction would change. */
    async countEffect(own: readonly ProposedImage[], role: string | null, scope: Scope): Promise<ReturnType<typeof countEffect>> {
      await changing
      const state = proposed()
      if (!state) return { patients: 0, images: 0 }
      const { rules, answers } = corrected(state, own, role, scope)
      return countEffect(state.study, await propose(state.listed, rules, answers))
    },

    tell(problem: Message): void {
      const state = proposed()
      if (state) store.setState({ ...state, problem }, true)
    },

    giveRules: (added: readonly RoleRule[]): Promise<void> =>
      change(({ rules }) => ({
        rules: addRules(
          rules,
          added.map((rule) => ({ ...rule, at: now() })),
        ),
      })),

    /** What the folders are called that the browser may be allowed to read again. */
    linkedFolders: async () => (await kept.links()).flatMap(({ name, handle }) => (handle ? [name] : [])),

    /** The last import, if it can be taken back. */
    lastImport: () => kept.last(),

    /** Takes the last import back, unless somebody drew on its images or its patients' cohorts are fixed. @returns whether it did */
    async undo(): Promise<boolean> {
      const last = await kept.last()
      const drawn = await kept.undo().catch((error: unknown) => {
        roi.getState().tell(messageOf(error))
        return null
      })
      if (drawn === null) return false
      if (drawn.length > 0) {
        roi.getState().tell(told('import-drawn-on', { labels: drawn }))
        return false
      }
      const gone = new Set(last?.images)
      for (const { id, volume } of images.getState().volumes)
        if (volume.source.identity && gone.has(volume.source.identity.image)) roi.getState().close(id)
      images.getState().removeListed(gone)
      await workList.getState().reload()
      await linked.look()
      return true
    },

    /** @param image of a mask, by ID; null leaves the mask */
    chooseImage(path: string, image: string | null): void {
      const state = proposedMasks()
      if (state && !state.laying)
        store.setState({ ...state, masks: state.masks.map((mask) => (mask.path === path ? { ...mask, chosen: image } : mask)) }, true) // prettier-ignore
    },

    /** Each mask becomes a region of its image, of the reader in hand, unless something is drawn there; what is left then is told. */
    async layMasks(): Promise<void> {
      const state = proposedMasks()
      if (!state || state.laying) return
      abort = new AbortController()
      const { signal } = abort
      const wanted = state.masks.filter(({ chosen, outcome }) => chosen !== null && outcome === null)
      store.setState({ ...state, laying: { done: 0, of: wanted.length } }, true)
      let inHand: OpenRoi | null = null
      try {
        const study = await records.load()
        await masks.look()
        inHand = roi.getState().open
        for (const [i, mask] of wanted.entries()) {
          signal.throwIfAborted()
          const outcome = await masks.lay(mask, study, signal)
          const now = proposedMasks()
          if (!now) return
          store.setState({ ...now, masks: now.masks.map((one) => (one.path === mask.path ? { ...one, outcome } : one)), laying: { done: i + 1, of: wanted.length } }, true) // prettier-ignore
        }
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        await masks.look()
        if (inHand) await roi.getState().openImage(inHand.imageId, inHand.imageName, inHand.image)
        const now = proposedMasks()
        if (now) store.setState({ ...now, laying: null }, true)
      }
    },

    /** Goes on with the other files that came with masks; the work list where there are none. */
    async endMasks(): Promise<void> {
      const state = proposedMasks()
      if (!state) return
      const outcomes = state.masks.flatMap(({ outcome }) => outcome?.kind ?? [])
      const count = (...kinds: string[]) => outcomes.filter((kind) => kinds.includes(kind)).length
      if (count('laid') > 0)
        roi.getState().tell(told('masks-laid', { masks: count('laid'), left: count('drawn', 'locked'), failed: count('failed') }))
      store.setState({ status: 'none' }, true)
      if (state.rest.length === 0 || !(await this.open(state.rest))) await showList()
    },

    /** The proposal becomes the study, and its work list opens. */
    async take(): Promise<void> {
      await changing
      const state = proposed()
      if (!state || state.taking) return
      const { listed, study, rules } = state
      const { by, at } = who()
      const tell = (done: number, of: number) => {
        const now = proposed()
        if (now) store.setState({ ...now, taking: { done, of } }, true)
      }
      tell(0, study.patients.length)
      try {
        const { study: before, ...earlier } = await readKnown()
        const taken = studyRecords(study, listed.images, { roles: before.roles, before: earlier, newId: randomId, by, at })
        const links = await kept.links()
        const places = await placesOf(listed, study, links)
        await kept.take({ ...taken, rules, centres: study.centres, ...places }, { at, onPatient: tell })
        endProposal()
        addListed(listed, { images: taken.patients.flatMap((one) => one.images) })
        await showList()
      } catch (error) {
        const now = proposed()
        if (now) store.setState({ ...now, taking: null, problem: messageOf(error) }, true)
      }
    },
  }
}

/** As a person knows what was given: by folder. */
const nameOf = (files: readonly NamedFile[]) => [...new Set(files.map(({ path }) => path.split('/')[0]))].join(', ')

/** What is said anew of the same images takes the place of what was said before. */
function addRules(rules: readonly RoleRule[], added: readonly RoleRule[]): readonly RoleRule[] {
  const said = new Set(added.map(({ when }) => JSON.stringify(when)))
  return [...rules.filter(({ when }) => !said.has(JSON.stringify(when))), ...added]
}
