import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followTheme } from './frame/theme.ts'
import { router } from './router.tsx'
import './styles/app.css'

const root = document.getElementById('root')
if (root === null) throw new Error('expected an element with the id "root", found none')

followTheme()
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
