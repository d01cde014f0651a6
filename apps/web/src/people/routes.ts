import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const peopleRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/people',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./people-page.tsx').then((module) => module.PeoplePage)),
})

const invitationsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/people/invitations',
  component: lazyPage(() => import('./invitations-page.tsx').then((module) => module.InvitationsPage)),
})

const personRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/people/$id',
  component: lazyPage(() => import('./person-page.tsx').then((module) => module.PersonPage)),
})

const sessionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/sessions',
  component: lazyPage(() => import('./sessions-page.tsx').then((module) => module.SessionsPage)),
})

export const peopleRoutes = [peopleRoute, invitationsRoute, personRoute, sessionsRoute] as const
