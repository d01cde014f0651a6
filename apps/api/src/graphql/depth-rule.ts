import { GraphQLError, Kind, type SelectionNode, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql'

/** Refuses operations that nest fields deeper than `most`. Fragments count where they are spread. */
export function depthRule(most: number): ValidationRule {
  return (context) => {
    const depths = new Depths(context)
    return {
      OperationDefinition(node) {
        const depth = depths.ofSelections(node.selectionSet)
        if (depth <= most) return
        const message = `The operation nests fields ${depth} deep; ${most} is the limit.`
        context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'TOO_DEEP' } }))
      },
    }
  }
}

class Depths {
  private readonly ofFragments = new Map<string, number>()

  constructor(private readonly context: ValidationContext) {}

  ofSelections(set: SelectionSetNode | undefined): number {
    return (set?.selections ?? []).reduce((deepest, selection) => Math.max(deepest, this.ofSelection(selection)), 0)
  }

  private ofSelection(selection: SelectionNode): number {
    switch (selection.kind) {
      case Kind.FIELD:
        return 1 + this.ofSelections(selection.selectionSet)
      case Kind.INLINE_FRAGMENT:
        return this.ofSelections(selection.selectionSet)
      case Kind.FRAGMENT_SPREAD:
        return this.ofFragment(selection.name.value)
    }
  }

  /** A fragment that is being measured counts as 0: a rule of its own refuses the cycle. */
  private ofFragment(name: string): number {
    const known = this.ofFragments.get(name)
    if (known !== undefined) return known
    this.ofFragments.set(name, 0)
    const depth = this.ofSelections(this.context.getFragment(name)?.selectionSet)
    this.ofFragments.set(name, depth)
    return depth
  }
}
