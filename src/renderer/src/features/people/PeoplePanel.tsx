import { useMutation, useQuery } from '@tanstack/react-query'
import { Circle, CircleDot, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Person } from '../../../../shared/contract/people.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Page.tsx'
import { TextField } from '../../components/TextField.tsx'
import { reportError } from '../../notices/report-error.ts'
import { InvitationLink } from './InvitationLink.tsx'
import { usePeople } from './people-here.ts'
import './People.css'

/** Who works in this project, and the links by which others come in. */
export function PeoplePanel() {
  const people = usePeople()
  const host = useQuery(api.host.capabilities.queryOptions()).data
  const [link, setLink] = useState<{ readonly name: string; readonly url: string } | null>(null)
  if (host === undefined) return null
  const canInvite = host.isOwner && host.kind === 'node'
  return (
    <Panel title="People">
      <ul className="people-list">
        {people.map((person) => (
          <PersonRow
            key={person.name}
            person={person}
            canRevoke={canInvite && person.hasToken}
            onRevoked={() => {
              setLink((shown) => (shown?.name === person.name ? null : shown))
            }}
          />
        ))}
      </ul>
      {canInvite && (
        <InviteForm
          onInvited={(name, path) => {
            setLink({ name, url: `${window.location.origin}${path}` })
          }}
        />
      )}
      {link !== null && <InvitationLink key={link.url} {...link} />}
      {host.kind === 'electron' && (
        <p className="people-text">
          To work here with others, start <code>realign serve</code> on this machine and invite them
          in its settings.
        </p>
      )}
    </Panel>
  )
}

interface PersonRowProps {
  readonly person: Person
  readonly canRevoke: boolean
  readonly onRevoked: () => void
}

function PersonRow({ person, canRevoke, onRevoked }: PersonRowProps) {
  const [isSure, setIsSure] = useState(false)
  const revoke = useMutation(
    api.people.revoke.mutationOptions({ onSuccess: onRevoked, onError: reportError }),
  )
  const Presence = person.isHere ? CircleDot : Circle
  return (
    <li className="person">
      <Presence className={person.isHere ? 'icon person-here' : 'icon'} aria-hidden />
      <span className="person-name" dir="auto">
        {person.name}
        {person.isYou && <small> (you)</small>}
      </span>
      <span className="person-state">{describePresence(person)}</span>
      {canRevoke && (
        <Button
          size="small"
          variant={isSure ? 'danger' : 'quiet'}
          isBusy={revoke.isPending}
          aria-label={
            isSure
              ? `Really take back the link of ${person.name}`
              : `Take back the link of ${person.name}`
          }
          onBlur={() => {
            setIsSure(false)
          }}
          onClick={() => {
            if (isSure) revoke.mutate({ name: person.name })
            else setIsSure(true)
          }}
        >
          {isSure ? 'Really take it back?' : 'Take back the link'}
        </Button>
      )}
    </li>
  )
}

function describePresence({ isHere, imageId }: Person): string {
  if (!isHere) return 'not here'
  return imageId === null ? 'here' : `here, on image ${imageId}`
}

function InviteForm({ onInvited }: { readonly onInvited: (name: string, path: string) => void }) {
  const [name, setName] = useState('')
  const invite = useMutation(
    api.people.invite.mutationOptions({
      onSuccess: ({ path }, input) => {
        onInvited(input.name, path)
        setName('')
      },
      onError: reportError,
    }),
  )
  const trimmed = name.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (trimmed !== '') invite.mutate({ name: trimmed })
      }}
    >
      <TextField
        label="Invite somebody"
        placeholder="Their name"
        value={name}
        maxLength={100}
        onChange={setName}
        hint="They work on images, texts and reviews. Projects, folders, imports and exports stay yours."
        extra={
          <Button type="submit" icon={UserPlus} disabled={trimmed === ''} isBusy={invite.isPending}>
            Make a link
          </Button>
        }
      />
    </form>
  )
}
