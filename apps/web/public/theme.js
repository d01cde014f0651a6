// Runs before the first paint, so that a page in the dark never flashes white. The page itself sets the same attribute from then on.
;(() => {
  let theme = 'system'
  try {
    theme = JSON.parse(localStorage.getItem('annal.preferences') ?? '{}').theme ?? 'system'
  } catch (error) {
    console.warn('The stored preferences can’t be read; the system’s theme is used.', error)
  }
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
