import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const incidentsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/incidents',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./incidents-page.tsx').then((module) => ({ default: module.IncidentsPage }))),
})

const incidentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/incidents/$id',
  component: lazyRouteComponent(() => import('./incident-page.tsx').then((module) => ({ default: module.IncidentPage }))),
})

export const incidentRoutes = [incidentsRoute, incidentRoute] as const
