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

/** Reasons for silence that several signals have, each with their names: said once, not beside each. */
function sharedReasons(
  signals: readonly CheckSignalState[],
): ReadonlyMap<string, readonly string[]> {
  const silent = signals.filter(({ missing }) => missing !== null)
  const groups = Map.groupBy(silent, ({ missing }) => missing ?? '')
  return new Map(
    [...groups]
      .filter(([, same]) => same.length > 1)
      .map(([why, same]) => [why, same.map(({ name }) => SIGNAL_WORDS[name].name)]),
  )
}

/** What a check looks at, each with a switch for this project. */
export function SignalsPanel({
  signals,
  isSaid,
}: {
  readonly signals: readonly CheckSignalState[]
  /** True where the page says already what is missing. */
  readonly isSaid: boolean
}) {
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
  const shared = sharedReasons(signals)
  return (
    <Panel title="What they look at">
      <p className="checks-note">
        Each of these says something of its own; together they decide. Switch one off where it
        misleads with your pictures. The switches hold for this project.
      </p>
      {(isSaid ? [] : [...shared]).map(([why, names]) => (
        <p key={why} className="checks-note">
          Silent at present: <strong>{names.join(', ')}</strong>. {why}
        </p>
      ))}
      <ul className="checks-signals">
        {signals.map(({ name, isOn: isOnThere, missing }) => {
          const isOn = chosen.get(name) ?? isOnThere
          const { name: label, does } = SIGNAL_WORDS[name]
          const why = missing === null || shared.has(missing) ? '' : ` ${missing}`
          const hint = missing === null ? does : `${does} Silent at present.${why}`
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
