import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useStore } from 'zustand'
import { studyParametersName } from '../../state/extraction.ts'
import { formatParameterFile, studyParameterFile } from '../../io/records/parameterFile.ts'
import { downloadFile, fileNameFrom } from '../../state/actions/downloadFile.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatTriple } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** The parameter file in force: a PyRadiomics file, or the built-in one of the study. */
export function ParameterPanel({ isEditing, onEdit }: { isEditing: boolean; onEdit: () => void }) {
  const { extractionStore } = useSession()
  const {
    parameters,
    parametersName,
    parametersProblem,
    loadParameters,
    useStudyParameters: takeStudyParameters,
  } = useStore(extractionStore)
  const isBusy = useStore(extractionStore, (state) => state.run.status === 'running')
  const input = useRef<HTMLInputElement>(null)
  const { settings, imageTypes, featureClasses } = parameters
  const isStudy = parametersName === studyParametersName
  const download = () =>
    downloadFile(
      isStudy ? 'texel-study-parameters.yaml' : `${fileNameFrom(parametersName.replace(/\.ya?ml$/i, ''))}.yaml`,
      isStudy ? studyParameterFile : formatParameterFile(parameters),
      'application/yaml',
    )
  return (
    <Panel title="Parameters">
      <p className="ellipsis" title={parametersName}>
        <strong>{parametersName}</strong>
      </p>
      {parametersProblem && (
        <Notice kind="error">
          <span className="lines">{`${parametersProblem.name}: ${say(parametersProblem.why)}`}</span>
          <p className="dim">The parameters that were here before stay.</p>
        </Notice>
      )}
      <Facts
        entries={[
          ['Image types', imageTypes.map(({ type }) => type).join(', ')],
          ['Classes', featureClasses.map(({ name }) => name).join(', ')],
          ['Normalised', settings.normalize ? `yes, × ${settings.normalizeScale}` : 'no'],
          ['Resampled', settings.resampledPixelSpacing ? `${formatTriple(settings.resampledPixelSpacing)} mm` : 'no'],
          settings.binCount === null ? ['Bin width', String(settings.binWidth)] : ['Bins', String(settings.binCount)],
        ]}
      />
      <div className="row wide">
        <Button px={6} variant="default" disabled={isBusy || isEditing} onClick={onEdit}>
          Edit
        </Button>
        <Button px={6} variant="default" disabled={isBusy} onClick={() => input.current?.click()}>
          Load file
        </Button>
        <Button px={6} variant="default" onClick={download}>
          Download
        </Button>
      </div>
      {!isStudy && (
        <Button variant="subtle" disabled={isBusy} onClick={takeStudyParameters}>
          Back to the study parameters
        </Button>
      )}
      <input
        autoComplete="off"
        ref={input}
        type="file"
        hidden
        accept=".yaml,.yml,.json"
        aria-label="Parameter file"
        data-testid="parameter-input"
        onChange={(event) => {
          const picker = event.currentTarget
          const file = picker.files?.[0]
          if (!file) return
          void file.text().then((text) => {
            picker.value = ''
            void loadParameters(file.name, text)
          })
        }}
      />
    </Panel>
  )
}
