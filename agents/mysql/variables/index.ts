export { formatSize, megabytes, parseSize } from './size'
export { type Support, supportOf } from './support'
export {
  findByPrefix,
  findVariable,
  isOfUse,
  knownNames,
  ruleFor,
  type VariableRule,
  variableName,
} from './variable-rule'
