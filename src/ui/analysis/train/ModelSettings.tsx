import type { ModelStep, Protocol } from '../../../core/protocol/protocol.ts'
import { ProtocolPopover } from '../settings/ProtocolPopover.tsx'
import { methodNames, modelFields } from '../settings/stepFields.ts'
import { StepList } from '../settings/StepList.tsx'

const kinds = (Object.keys(modelFields) as ModelStep['method'][]).map((value) => ({ value, label: methodNames[value] }))
const shortNames: Readonly<Record<ModelStep['method'], string>> = { logistic: 'LR', forest: 'RF', svm: 'SVM' }

/** The models that are trained, each with a name of its own. */
export function ModelSettings({ protocol, onProtocol }: { protocol: Protocol; onProtocol: (protocol: Protocol) => void }) {
  const taken = new Set(protocol.models.map(({ name }) => name))
  const nameFor = (method: ModelStep['method']) => {
    const numbers = Array.from({ length: taken.size + 1 }, (_, k) =>
      k === 0 ? shortNames[method] : `${shortNames[method]} ${k + 1}`,
    )
    return numbers.find((name) => !taken.has(name))!
  }
  return (
    <ProtocolPopover protocol={protocol} onProtocol={onProtocol}>
      {(change) => (
        <>
          <StepList
            steps={protocol.models}
            titleOf={({ name, method }) => `${name}: ${methodNames[method].toLowerCase()}`}
            fieldsOf={({ method }) => modelFields[method]}
            kinds={kinds}
            begin={(method) => ({ method, name: nameFor(method as ModelStep['method']) })}
            isOrdered={false}
            addLabel="Add a model"
            onSteps={(models) => change({ models })}
          />
          <p className="dim small">
            Class weights shift probabilities: such scores must be recalibrated before they are read as risks.
          </p>
        </>
      )}
    </ProtocolPopover>
  )
}
