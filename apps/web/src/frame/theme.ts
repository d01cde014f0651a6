import { preferences, subscribe } from './preferences.ts'

/** Keeps the page in the reader's theme, and in the system's where that is the choice. `theme.js` did the same before the first paint. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { theme } = preferences()
    document.documentElement.dataset.theme = theme === 'dark' || (theme === 'system' && system.matches) ? 'dark' : 'light'
  }
  system.addEventListener('change', apply)
  subscribe(apply)
  apply()
}
