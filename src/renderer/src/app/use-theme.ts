import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../api/client.ts'

/** Puts the chosen theme on the document; "system" follows the system while it changes. */
export function useTheme(): void {
  const theme = useQuery(api.settings.get.queryOptions()).data?.theme ?? 'system'
  useEffect(() => {
    const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      const isDark = theme === 'dark' || (theme === 'system' && systemDark.matches)
      document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
    }
    apply()
    systemDark.addEventListener('change', apply)
    return () => {
      systemDark.removeEventListener('change', apply)
    }
  }, [theme])
}
