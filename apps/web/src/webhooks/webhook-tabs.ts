export const WEBHOOK_TABS = [
  { path: '/webhooks', title: 'Webhooks' },
  { path: '/webhooks/deliveries', title: 'Deliveries' },
] as const
