/** Environments in which a deployment takes effect for people. A name counts with anything behind a separator: `prod-eu-1`. */
export const productionEnvironments: readonly string[] = ['production', 'prod', 'live']

export function isProduction(environment: string): boolean {
  return productionEnvironments.some(
    (name) => environment === name || (environment.startsWith(name) && /[-._~]/.test(environment.charAt(name.length))),
  )
}
