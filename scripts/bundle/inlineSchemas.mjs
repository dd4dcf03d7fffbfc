/**
 * Leaves no zod in declaration files: a type inferred from a schema is written out, the schema itself is dropped. So the
 * SDK's types need neither zod nor the server's schemas.
 */
import ts from 'typescript';
import { expandType } from './expandType.mjs';

/**
 * @param {ts.TypeChecker} checker
 * @returns {ts.TransformerFactory<ts.SourceFile | ts.Bundle>} for declaration files
 */
export function inlineSchemas(checker) {
  const goneExports = createGoneExports(checker);
  return () => (file) => {
    if (!ts.isSourceFile(file)) return file;
    const gone = goneExports.importsOf(/** @type {ts.SourceFile} */ (ts.getParseTreeNode(file) ?? file));
    if (gone.size === 0) return file;
    const statements = file.statements.flatMap((statement) => withoutImports(statement, gone));
    return ts.factory.updateSourceFile(file, withoutNames(statements, new Set(gone), checker));
  };
}

/**
 * Finds what is dropped from each file: schemas, and what cannot be written out without them.
 *
 * @param {ts.TypeChecker} checker
 */
function createGoneExports(checker) {
  /** @type {Map<ts.SourceFile, Set<string>>} */
  const known = new Map();

  /** @type {(file: ts.SourceFile) => Set<string>} the names that a file imports and that are dropped elsewhere */
  const importsOf = (file) => {
    const names = file.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
      const imported = importedNames(statement);
      if (isFromZod(statement)) return imported;
      const target = checker.getSymbolAtLocation(statement.moduleSpecifier)?.valueDeclaration;
      if (!target || !ts.isSourceFile(target) || target.isDeclarationFile) return [];
      const gone = of(target);
      return imported.filter((name) => gone.has(name));
    });
    return new Set(names);
  };

  /** @type {(file: ts.SourceFile) => Set<string>} */
  const of = (file) => {
    const before = known.get(file);
    if (before) return before;
    // Files may import each other's types in a circle.
    known.set(file, new Set());
    const gone = importsOf(file);
    known.set(file, gone);
    withoutNames(file.statements, gone, checker);
    return gone;
  };
  return { importsOf };
}

/**
 * @param {readonly ts.Statement[]} statements
 * @param {Set<string>} gone names that are no longer declared; those of the dropped statements are added
 * @param {ts.TypeChecker} checker
 * @returns {readonly ts.Statement[]} the statements that do without them, and those that can be written out without them
 */
function withoutNames(statements, gone, checker) {
  const before = gone.size;
  const kept = statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) || !mentions(statement, gone)) return [statement];
    const source = ts.getParseTreeNode(statement);
    if (ts.isTypeAliasDeclaration(statement) && source && !statement.typeParameters) {
      const type = expandType(checker.getTypeAtLocation(source), checker);
      return [ts.factory.updateTypeAliasDeclaration(statement, statement.modifiers, statement.name, undefined, type)];
    }
    for (const name of declaredNames(statement)) gone.add(name);
    return [];
  });
  // What went may have been mentioned above.
  return gone.size === before ? kept : withoutNames(kept, gone, checker);
}

/**
 * @param {ts.Statement} statement
 * @param {ReadonlySet<string>} gone
 * @returns {ts.Statement[]} it, without the names that are gone if it is an import
 */
function withoutImports(statement, gone) {
  if (!ts.isImportDeclaration(statement)) return [statement];
  if (isFromZod(statement)) return [];
  const clause = statement.importClause;
  const bindings = clause?.namedBindings;
  if (!clause || !bindings || !ts.isNamedImports(bindings)) return [statement];
  const elements = bindings.elements.filter(({ name }) => !gone.has(name.text));
  if (elements.length === bindings.elements.length) return [statement];
  if (elements.length === 0 && !clause.name) return [];
  const { modifiers, moduleSpecifier, attributes } = statement;
  const { phaseModifier, name } = clause;
  const named = ts.factory.updateNamedImports(bindings, elements);
  const updated = ts.factory.updateImportClause(clause, phaseModifier, name, named);
  return [ts.factory.updateImportDeclaration(statement, modifiers, updated, moduleSpecifier, attributes)];
}

/**
 * @param {ts.Node} node of a declaration file, or of a source, where what a declaration file would not show is left out
 * @param {ReadonlySet<string>} names
 * @returns {boolean}
 */
function mentions(node, names) {
  if (ts.isIdentifier(node)) return names.has(node.text);
  if (ts.isBlock(node) || (ts.isClassElement(node) && node.name && ts.isPrivateIdentifier(node.name))) return false;
  if (isInternal(node)) return false;
  // The name of a property is no mention.
  if (ts.isPropertySignature(node)) return node.type !== undefined && mentions(node.type, names);
  return ts.forEachChild(node, (child) => mentions(child, names)) ?? false;
}

/**
 * @param {ts.Node} node
 * @returns {boolean} whether `stripInternal` leaves it out
 */
function isInternal(node) {
  const isMember = ts.isClassElement(node) || ts.isTypeElement(node);
  return isMember && ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

/**
 * @param {ts.Statement} statement
 * @returns {string[]}
 */
function declaredNames(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
  }
  const { name } = /** @type {ts.DeclarationStatement} */ (statement);
  return name ? [name.text] : [];
}

/**
 * @param {ts.ImportDeclaration} statement
 * @returns {string[]}
 */
function importedNames(statement) {
  const bindings = statement.importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}

/**
 * @param {ts.ImportDeclaration} statement
 * @returns {boolean}
 */
function isFromZod(statement) {
  return ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === 'zod';
}
