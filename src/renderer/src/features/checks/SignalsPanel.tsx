import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CheckSignalState } from '../../../../shared/contract/checks.ts'
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
  const { mutate } = useMutation({
    ...api.checks.setSignal.mutationOptions(),
    scope: { id: 'check-signals' },
    onSuccess: async (status) => {
      queryClient.setQueryData(api.checks.status.queryKey(), status)
      // What was said of texts was said with the other signals.
      await queryClient.invalidateQueries({ queryKey: api.checks.key() })
    },
    onError: reportError,
  })
  return (
    <Panel title="What they look at">
      <p className="checks-note">
        Each of these says something of its own; together they decide. Switch one off where it
        misleads with your pictures. The switches hold for this project.
      </p>
      <ul className="checks-signals">
        {signals.map(({ name, isOn, missing }) => {
          const { name: label, does } = SIGNAL_WORDS[name]
          const hint = missing === null ? does : `${does} Silent at present. ${missing}`
          return (
            <li key={name} data-silent={missing !== null || !isOn || undefined}>
              {isOwner ? (
                <CheckField
                  checked={isOn}
                  hint={hint}
                  onChange={(next) => {
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
