/** A history's name without the workspace that every name on the page has: `acme.model-cs` → `model-cs`. */
export function localStream(stream: string): string {
  return stream.slice(stream.indexOf('.') + 1)
}

/** The kind and id of what a history is of: `acme.model-cs` → `model`, `cs`. */
export function splitStream(stream: string): readonly [kind: string, id: string] {
  const local = localStream(stream)
  const hyphen = local.indexOf('-')
  return [local.slice(0, hyphen), local.slice(hyphen + 1)]
}
