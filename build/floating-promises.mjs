/**
 * Refuse promises that nobody waits for: nobody hears of their failure, and a program can end by it.
 *
 * `npm run check` runs it over every TypeScript project, or over those that are named. A promise is awaited, returned,
 * caught or given to `background`; neither `void` hides one, nor a callback of which nothing is expected.
 */

import { dirname, relative } from 'node:path';
import { SyntaxKind } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { API, SignatureKind, TypeFlags } from 'typescript/unstable/sync';
import { ROOT } from './places.mjs';

/** @typedef {import('typescript/unstable/ast').Node} Node */
/** @typedef {import('typescript/unstable/ast').Expression} Expression */
/** @typedef {import('typescript/unstable/sync').Checker} Checker */
/** @typedef {import('typescript/unstable/sync').Type} Type */

const PROJECTS = [
  'electron/supervisor',
  'electron/repl',
  'electron/cli',
  'electron/main',
  'electron/preload',
  'renderer',
];

const named = process.argv.slice(2);
const faults = checkProjects(named.length > 0 ? named : PROJECTS.map((name) => `${ROOT}/${name}`));
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/**
 * @param {string[]} folders
 * @returns {string[]}
 */
function checkProjects(folders) {
  const api = new API({ cwd: ROOT });
  try {
    const configurations = folders.map((folder) => `${folder}/tsconfig.json`);
    const snapshot = api.updateSnapshot({ openProjects: configurations });
    return configurations.flatMap((configuration) =>
      checkProject(snapshot.getProject(configuration), dirname(configuration)),
    );
  } finally {
    api.close();
  }
}

/**
 * @param {import('typescript/unstable/sync').Project | undefined} project
 * @param {string} folder
 * @returns {string[]}
 */
function checkProject(project, folder) {
  if (!project) return [`${folder}: there is no project here`];
  const { checker, program } = project;
  return program
    .getSourceFileNames()
    .filter((file) => file.startsWith(`${folder}/`) && !file.endsWith('.d.ts'))
    .flatMap((file) => {
      const source = program.getSourceFile(file);
      if (!source) return [];
      return [...floating(source, checker)].map((node) => {
        const line = source.text.slice(0, node.getStart(source)).split('\n').length;
        return `${relative(ROOT, file)}:${line}: nobody hears of it if this promise fails: await it, or give it to \`background\``;
      });
    });
}

/**
 * @param {Node} node
 * @param {Checker} checker
 * @returns {Iterable<Node>}
 */
function* floating(node, checker) {
  if (is.isExpressionStatement(node) && floats(node.expression, checker)) yield node;
  if (is.isVoidExpression(node) && floats(node.expression, checker)) yield node;
  if (isFunction(node) && isDropped(node, checker)) yield node;
  /** @type {Node[]} */
  const children = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* floating(child, checker);
}

/** @param {Node} node */
function isFunction(node) {
  return is.isArrowFunction(node) || is.isFunctionExpression(node);
}

/**
 * Whether it is a promise, and neither awaited nor caught.
 *
 * @param {Expression} expression
 * @param {Checker} checker
 * @returns {boolean}
 */
function floats(expression, checker) {
  if (is.isParenthesizedExpression(expression)) return floats(expression.expression, checker);
  if (is.isConditionalExpression(expression))
    return floats(expression.whenTrue, checker) || floats(expression.whenFalse, checker);
  // What is assigned is kept by somebody.
  if (is.isBinaryExpression(expression))
    return isEither(expression.operatorToken.kind) && floats(expression.right, checker);
  return isPromise(checker.getTypeAtLocation(expression), checker) && !isCaught(expression, checker);
}

/** @param {SyntaxKind} operator */
function isEither(operator) {
  return [
    SyntaxKind.AmpersandAmpersandToken,
    SyntaxKind.BarBarToken,
    SyntaxKind.QuestionQuestionToken,
  ].includes(operator);
}

/**
 * @param {Expression} expression
 * @param {Checker} checker
 * @returns {boolean}
 */
function isCaught(expression, checker) {
  if (!is.isCallExpression(expression) || !is.isPropertyAccessExpression(expression.expression)) return false;
  const { name, expression: before } = expression.expression;
  if (name.text === 'catch') return expression.arguments.length > 0;
  if (name.text === 'then') return expression.arguments.length > 1;
  return name.text === 'finally' && isCaught(before, checker);
}

/**
 * Whether a function makes a promise for one who expects nothing of it.
 *
 * @param {Expression} node
 * @param {Checker} checker
 */
function isDropped(node, checker) {
  const wanted = checker.getContextualType(node);
  const callable = wanted && checker.getNonNullableType(wanted);
  const expected = callable && resultsOf(callable, checker);
  const own = checker.getTypeAtLocation(node);
  if (!expected?.length || !own || !resultsOf(own, checker).some((result) => isPromise(result, checker)))
    return false;
  return expected.every((result) => (result.flags & TypeFlags.Void) !== 0);
}

/**
 * @param {Type} type
 * @param {Checker} checker
 */
function resultsOf(type, checker) {
  return checker
    .getSignaturesOfType(type, SignatureKind.Call)
    .flatMap((signature) => checker.getReturnTypeOfSignature(signature) ?? []);
}

/**
 * @param {Type | undefined} type
 * @param {Checker} checker
 * @returns {boolean}
 */
function isPromise(type, checker) {
  if (!type) return false;
  if ('getTypes' in type && (type.flags & TypeFlags.UnionOrIntersection) !== 0)
    return /** @type {any} */ (type).getTypes().some((/** @type {Type} */ each) => isPromise(each, checker));
  return (type.flags & TypeFlags.Object) !== 0 && checker.getPropertyOfType(type, 'then') !== undefined;
}
