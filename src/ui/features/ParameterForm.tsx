import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { featureClassNames } from '../../core/features/featureClasses.ts'
import { imageTypeNames, type ImageTypeName } from '../../core/parameters/profiles/pyradiomics/imageTypes.ts'
import type { ExtractionParameters, ExtractionSettings } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import {
  settingGroups,
  knownSettings,
  type SettingGroup,
  type SettingName,
} from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'
import { formatParameterFile, parseParameterFile } from '../../io/records/parameterFile.ts'
import { downloadFile } from '../../state/actions/downloadFile.ts'
import { Notice } from '../shared/Notice.tsx'
import { SettingField } from './SettingField.tsx'
import { useSession } from '../shared/session.ts'
import { settingsWords } from '../../messages/words/settingsWords.ts'
import { sayError } from '../../messages/say.ts'

const editedName = 'Edited parameters'

/** The parameter file as a form: every setting with its help, made from the same table that the file's reader uses. */
export function ParameterForm({ onClose }: { onClose: () => void }) {
  const { extractionStore } = useSession()
  const [draft, setDraft] = useState<ExtractionParameters>(() => extractionStore.getState().parameters)
  const [problem, setProblem] = useState<string | null>(null)
  const [unreadable, setUnreadable] = useState<ReadonlySet<SettingName>>(new Set())
  const setParameters = useStore(extractionStore, (state) => state.setParameters)

  /** The form's answer goes through the file's reader, so that form and file accept the same. */
  const check = (): { parameters: ExtractionParameters; text: string } | undefined => {
    try {
      const text = formatParameterFile(draft)
      const parameters = parseParameterFile(text)
      setProblem(null)
      return { parameters, text }
    } catch (error) {
      setProblem(sayError(error))
      return undefined
    }
  }
  const use = () => {
    const checked = check()
    if (!checked) return
    setParameters(editedName, checked.parameters)
    onClose()
  }
  const save = () => {
    const checked = check()
    if (checked) downloadFile('parameters.yaml', checked.text, 'application/yaml')
  }
  const isReady = unreadable.size === 0
  const markReadable = (name: SettingName, readable: boolean) =>
    setUnreadable((before) => new Set(readable ? [...before].filter((other) => other !== name) : [...before, name]))

  return (
    <div className="main">
      <div className="formHead">
        <header className="screenHead">
          <div>
            <h1>How should features be computed?</h1>
            <p className="dim">Names and meanings are PyRadiomics’s; a saved file works there too.</p>
          </div>
          <Button variant="default" onClick={onClose}>
            Back without changes
          </Button>
          <Button variant="default" disabled={!isReady} onClick={save}>
            Save as file
          </Button>
          <Button variant="filled" disabled={!isReady} onClick={use}>
            Use these
          </Button>
        </header>
        {problem && (
          <Notice kind="error">
            <span className="lines">{problem}</span>
          </Notice>
        )}
        {!isReady && (
          <Notice kind="warn">
            Some fields cannot be read yet: {[...unreadable].map((name) => settingsWords().settingWords[name].label).join(', ')}.
          </Notice>
        )}
      </div>
      <ImageTypes draft={draft} onChange={setDraft} />
      <FeatureClasses draft={draft} onChange={setDraft} />
      {settingGroups
        .filter((group) => groupIsUsed(group, draft))
        .map((group) => (
          <Group key={group} title={settingsWords().settingGroupWords[group]}>
            {settingsOf(group).map((name) => (
              <SettingField
                key={name}
                name={name}
                value={readSetting(draft, name)}
                onReadable={(readable) => markReadable(name, readable)}
                onChange={(value) => setDraft((before) => writeSetting(before, name, value))}
              />
            ))}
          </Group>
        ))}
    </div>
  )
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="card" aria-label={title} style={{ flex: 'none' }}>
      <h2 style={{ padding: '12px 16px 0' }}>{title}</h2>
      <div className="formGroup">{children}</div>
    </section>
  )
}

interface DraftProps {
  readonly draft: ExtractionParameters
  readonly onChange: (draft: ExtractionParameters) => void
}

function ImageTypes({ draft, onChange }: DraftProps) {
  return (
    <Group title="Images to compute on">
      {imageTypeNames.map((type) => {
        const isOn = draft.imageTypes.some((request) => request.type === type)
        const imageTypes = isOn
          ? draft.imageTypes.filter((request) => request.type !== type)
          : [...draft.imageTypes, { type, overrides: {} }]
        return (
          <Checkbox
            key={type}
            label={settingsWords().imageTypeWords[type].label}
            description={settingsWords().imageTypeWords[type].help}
            checked={isOn}
            onChange={() => onChange({ ...draft, imageTypes })}
          />
        )
      })}
    </Group>
  )
}

function FeatureClasses({ draft, onChange }: DraftProps) {
  return (
    <Group title="Classes to compute">
      {featureClassNames.map((name) => {
        const request = draft.featureClasses.find((known) => known.name === name)
        const featureClasses = request
          ? draft.featureClasses.filter((known) => known !== request)
          : [...draft.featureClasses, { name, features: 'all' as const }]
        const named = request && request.features !== 'all' ? ` (${request.features.length} named in the file)` : ''
        return (
          <Checkbox
            key={name}
            label={settingsWords().featureClassWords[name].label + named}
            description={settingsWords().featureClassWords[name].help}
            checked={request !== undefined}
            onChange={() => onChange({ ...draft, featureClasses })}
          />
        )
      })}
    </Group>
  )
}

function settingsOf(group: SettingGroup): SettingName[] {
  return (Object.keys(knownSettings) as SettingName[]).filter((name) => knownSettings[name].group === group)
}

/** The settings of a filter are shown while that filter is on. */
function groupIsUsed(group: SettingGroup, { imageTypes }: ExtractionParameters): boolean {
  return settingsOf(group).some((name) => {
    const only = knownSettings[name].imageType
    return only === undefined || imageTypes.some(({ type }) => type === only)
  })
}

/** Settings of one filter stand with that filter, where the file has them. */
function readSetting({ imageTypes, settings }: ExtractionParameters, name: SettingName): ExtractionSettings[SettingName] {
  const overrides = overridesOf(imageTypes, knownSettings[name].imageType)
  return overrides?.[name] ?? settings[name]
}

function writeSetting(
  draft: ExtractionParameters,
  name: SettingName,
  value: ExtractionSettings[SettingName],
): ExtractionParameters {
  const only = knownSettings[name].imageType
  if (only === undefined) return { ...draft, settings: { ...draft.settings, [name]: value } }
  return {
    ...draft,
    imageTypes: draft.imageTypes.map((request) =>
      request.type === only ? { ...request, overrides: { ...request.overrides, [name]: value } } : request,
    ),
  }
}

function overridesOf(imageTypes: ExtractionParameters['imageTypes'], type: ImageTypeName | undefined) {
  return imageTypes.find((request) => request.type === type)?.overrides
}
