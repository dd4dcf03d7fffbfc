import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The doc comments of a file of schemas, by where they stand: `helloSchema` for the constant, `helloSchema.intent` for a
 * field in it. So a field is explained once, in the source, and the documentation repeats it.
 */
export function fieldDocs(file: string): Map<string, string> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const docs = new Map<string, string>();
  const visit = (node: ts.Node, path: readonly string[]): void => {
    const name = nameOf(node);
    const here = name === null ? path : [...path, name];
    if (name !== null) {
      const text = docOf(node);
      if (text !== null) {
        docs.set(here.join('.'), text);
      }
    }
    ts.forEachChild(node, (child) => visit(child, here));
  };
  visit(source, []);
  return docs;
}

function nameOf(node: ts.Node): string | null {
  const named =
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isPropertySignature(node);
  return named && ts.isIdentifier(node.name) ? node.name.text : null;
}

function docOf(node: ts.Node): string | null {
  // The comment of `const x = …` belongs to the statement around it.
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const text = ts
    .getJSDocCommentsAndTags(owner)
    .filter(ts.isJSDoc)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ');
  return text === '' ? null : text.replaceAll(/\s+/g, ' ').trim();
}
