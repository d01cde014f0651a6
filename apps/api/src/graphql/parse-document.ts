import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql'

/** As deep as the JSON around it may be. Whatever walks a document calls itself for each level, and a stack has an end. */
const DEEPEST = 128
const MOST_TOKENS = 50_000
/** Fragments may spread each other in a chain as long as there are. */
const MOST_DEFINITIONS = 200

/** Gives back an error in place of what isn't GraphQL or can't be walked. */
export function parseDocument(text: string): DocumentNode | GraphQLError {
  const source = new Source(text)
  try {
    refuseDepth(source)
    const document = parse(source, { maxTokens: MOST_TOKENS, noLocation: false })
    return document.definitions.length > MOST_DEFINITIONS ? tooManyDefinitions(document) : document
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

/** @throws GraphQLError of its own, or the lexer's. */
function refuseDepth(source: Source): void {
  const lexer = new Lexer(source)
  let depth = 0
  for (let tokens = 0; tokens <= MOST_TOKENS; tokens++) {
    const { kind, start } = lexer.advance()
    if (kind === TokenKind.EOF) return
    depth += step(kind)
    if (depth > DEEPEST)
      throw new GraphQLError(`The document is nested deeper than ${DEEPEST}.`, {
        source,
        positions: [start],
        extensions: { code: 'TOO_DEEP' },
      })
  }
}

function step(kind: TokenKind): number {
  switch (kind) {
    case TokenKind.BRACE_L:
    case TokenKind.BRACKET_L:
    case TokenKind.PAREN_L:
      return 1
    case TokenKind.BRACE_R:
    case TokenKind.BRACKET_R:
    case TokenKind.PAREN_R:
      return -1
    default:
      return 0
  }
}

function tooManyDefinitions({ definitions }: DocumentNode): GraphQLError {
  const message = `The document has ${definitions.length} operations and fragments; ${MOST_DEFINITIONS} is the limit.`
  return new GraphQLError(message, { extensions: { code: 'TOO_COSTLY' } })
}
