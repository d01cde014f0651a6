import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const incidentsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/incidents',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./incidents-page.tsx').then((module) => module.IncidentsPage)),
})

const incidentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/incidents/$id',
  component: lazyPage(() => import('./incident-page.tsx').then((module) => module.IncidentPage)),
})

export const incidentRoutes = [incidentsRoute, incidentRoute] as const
