import ts from 'typescript';

const FLAGS = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.InTypeAlias;

/**
 * Writes a type out as its own syntax, so that nothing of where it was inferred from is left: `z.infer<typeof schema>`
 * becomes `{ identity: string; … }`. The comments of its properties stay.
 *
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 * @returns {ts.TypeNode}
 */
export function expandType(type, checker) {
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
    return ts.factory.createArrayTypeNode(expandType(element, checker));
  }
  if (type.isUnion() && type.types.some((member) => hasOwnShape(member, checker))) {
    return ts.factory.createUnionTypeNode(type.types.map((member) => expandType(member, checker)));
  }
  if (hasOwnShape(type, checker)) {
    const members = checker.getPropertiesOfType(type).map((property) => expandProperty(property, checker));
    return ts.factory.createTypeLiteralNode(members);
  }
  const node = checker.typeToTypeNode(type, undefined, FLAGS);
  if (!node) throw new Error(`${checker.typeToString(type)} cannot be written out`);
  return node;
}

/**
 * @param {ts.Symbol} property
 * @param {ts.TypeChecker} checker
 * @returns {ts.PropertySignature}
 */
function expandProperty(property, checker) {
  const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const declared = checker.getTypeOfSymbol(property);
  const type = isOptional ? withoutUndefined(declared, checker) : declared;
  const signature = ts.factory.createPropertySignature(
    undefined,
    /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : ts.factory.createStringLiteral(property.name),
    isOptional ? ts.factory.createToken(ts.SyntaxKind.QuestionToken) : undefined,
    expandType(type, checker),
  );
  const comment = ts.displayPartsToString(property.getDocumentationComment(checker));
  if (!comment) return signature;
  const text = `* ${comment.replaceAll('\n', '\n * ')} `;
  return ts.addSyntheticLeadingComment(signature, ts.SyntaxKind.MultiLineCommentTrivia, text, true);
}

/**
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 * @returns {ts.Type}
 */
function withoutUndefined(type, checker) {
  if (!type.isUnion()) return type;
  const isNullable = type.types.some((member) => member.flags & ts.TypeFlags.Null);
  // Null is a value of its own here, and getNonNullableType() would take it away too.
  return isNullable ? type : checker.getNonNullableType(type);
}

/**
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 * @returns {boolean} whether it is an object written with braces: no array, no class, no record
 */
function hasOwnShape(type, checker) {
  if (!(type.flags & ts.TypeFlags.Object) || checker.isArrayLikeType(type)) return false;
  if (type.isClassOrInterface() || type.getCallSignatures().length > 0) return false;
  return checker.getIndexInfosOfType(type).length === 0 && checker.getPropertiesOfType(type).length > 0;
}
