/** What differs between the hosts. What a host cannot do is absent, and the page hides it. */
export interface HostPort {
  readonly kind: 'electron' | 'node'
  /** Opens the system's dialog; null when the user cancelled it. */
  pick?(options: {
    readonly kind: 'folder' | 'file'
    readonly title: string
  }): Promise<string | null>
  /** Shows a file in the system's file manager. */
  reveal?(path: string): Promise<void>
  /** Whether the page may list folders of the machine that runs the core. */
  readonly canListFolders: boolean
}
