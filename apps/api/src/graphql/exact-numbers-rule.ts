import { parseJson } from '@annal/proof'
import { type FloatValueNode, GraphQLError, type IntValueNode, type ValidationRule } from 'graphql'

const problems = {
  'number-inexact': ['NUMBER_INEXACT', "can't be kept exactly: send it as a string"],
  'number-out-of-range': ['NUMBER_OUT_OF_RANGE', 'is beyond the range of a double'],
} as const

/** Refuses the numbers of a document that the JSON of a variable would be refused for: graphql-js rounds them without a word. */
export const exactNumbersRule: ValidationRule = (context) => {
  const check = (node: IntValueNode | FloatValueNode) => {
    const parsed = parseJson(Buffer.from(node.value))
    if (parsed.status === 'parsed') return
    if (parsed.problem !== 'number-inexact' && parsed.problem !== 'number-out-of-range')
      throw new Error(`expected a number of GraphQL to be one of JSON, found ${parsed.problem}`)
    const [code, told] = problems[parsed.problem]
    context.reportError(new GraphQLError(`The number ${node.value.slice(0, 40)} ${told}.`, { nodes: node, extensions: { code } }))
  }
  return { IntValue: check, FloatValue: check }
}
