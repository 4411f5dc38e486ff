import type { ReactNode } from 'react'

interface MaybeLinkProps {
  readonly url: string | undefined
  readonly children: ReactNode
}

/** A link where the address is one of the web, else plain text. */
export function MaybeLink({ url, children }: MaybeLinkProps) {
  if (url === undefined || !/^https?:\/\//u.test(url)) return children
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
