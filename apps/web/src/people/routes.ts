import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const peopleRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/people',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./people-page.tsx').then((module) => ({ default: module.PeoplePage }))),
})

const invitationsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/people/invitations',
  component: lazyRouteComponent(() => import('./invitations-page.tsx').then((module) => ({ default: module.InvitationsPage }))),
})

const personRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('./person-page.tsx').then((module) => ({ default: module.PersonPage }))),
})

const sessionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./sessions-page.tsx').then((module) => ({ default: module.SessionsPage }))),
})

export const peopleRoutes = [peopleRoute, invitationsRoute, personRoute, sessionsRoute] as const
