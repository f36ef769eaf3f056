import type { Protocol, SelectionStep } from '../../../core/protocol/protocol.ts'
import { ProtocolPopover } from '../settings/ProtocolPopover.tsx'
import { methodNames, selectionFields } from '../settings/stepFields.ts'
import { StepList } from '../settings/StepList.tsx'

const kinds = (Object.keys(selectionFields) as SelectionStep['method'][]).map((value) => ({ value, label: methodNames[value] }))

/** The steps of selection, in their order. */
export function SelectionSettings({ protocol, onProtocol }: { protocol: Protocol; onProtocol: (protocol: Protocol) => void }) {
  return (
    <ProtocolPopover protocol={protocol} onProtocol={onProtocol}>
      {(change) => (
        <StepList
          steps={protocol.select}
          titleOf={({ method }) => methodNames[method]}
          fieldsOf={({ method }) => selectionFields[method]}
          kinds={kinds}
          begin={(method) => ({ method })}
          isOrdered
          addLabel="Add a step"
          onSteps={(select) => change({ select })}
        />
      )}
    </ProtocolPopover>
  )
}
