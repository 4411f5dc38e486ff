import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CheckSignalState } from '../../../../shared/contract/checks.ts'
import type { CheckSignal } from '../../../../shared/domain/check-signal.ts'
import { api } from '../../api/client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { Panel } from '../../components/Page.tsx'
import { reportError } from '../../notices/report-error.ts'
import { SIGNAL_WORDS } from './check-words.ts'

/** What a check looks at, each with a switch for this project. */
export function SignalsPanel({ signals }: { readonly signals: readonly CheckSignalState[] }) {
  const isOwner = useIsOwner() === true
  const queryClient = useQueryClient()
  /** What was chosen a moment ago, until the core has it: a switch answers at once. */
  const [chosen, setChosen] = useState<ReadonlyMap<CheckSignal, boolean>>(new Map())
  const { mutate } = useMutation({
    ...api.checks.setSignal.mutationOptions(),
    scope: { id: 'check-signals' },
    onError: reportError,
    onSettled: async (_status, _error, { name, isOn }) => {
      // What was said of texts was said with the other signals.
      await queryClient.invalidateQueries({ queryKey: api.checks.key() })
      setChosen((before) => {
        const rest = new Map(before)
        if (rest.get(name) === isOn) rest.delete(name)
        return rest
      })
    },
  })
  return (
    <Panel title="What they look at">
      <p className="checks-note">
        Each of these says something of its own; together they decide. Switch one off where it
        misleads with your pictures. The switches hold for this project.
      </p>
      <ul className="checks-signals">
        {signals.map(({ name, isOn: isOnThere, missing }) => {
          const isOn = chosen.get(name) ?? isOnThere
          const { name: label, does } = SIGNAL_WORDS[name]
          const hint = missing === null ? does : `${does} Silent at present. ${missing}`
          return (
            <li key={name} data-silent={missing !== null || !isOn || undefined}>
              {isOwner ? (
                <CheckField
                  checked={isOn}
                  hint={hint}
                  onChange={(next) => {
                    setChosen((before) => new Map(before).set(name, next))
                    mutate({ name, isOn: next })
                  }}
                >
                  {label}
                </CheckField>
              ) : (
                <p>
                  {label}
                  {isOn ? '' : ' (off)'}
                  <small>{hint}</small>
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
