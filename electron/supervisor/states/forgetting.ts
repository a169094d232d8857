/** Forgets the oldest states that nobody can go to any more, so that the tree does not grow without end. */

/** So many states are remembered; of those that were evicted the oldest are forgotten first. */
const REMEMBERED = 1000;

interface Known {
  id: number;
  parent: number | null;
  copy: string;
  name: string | null;
}

interface Tree<State extends Known> {
  byId: Map<number, State>;
  /** The child that a redo leads to, by its parent. */
  forward: Map<number, number>;
  current: number;
}

/** Forget those that are too many: what came after them follows on what came before. */
export function forgetOldest<State extends Known>(tree: Tree<State>): void {
  for (const { id, parent, copy, name } of tree.byId.values()) {
    if (tree.byId.size <= REMEMBERED) {
      return;
    }
    const isGone = copy === 'gone' || copy === 'none';
    if (parent !== null && id !== tree.current && name === null && isGone) {
      forget(tree, id, parent);
    }
  }
}

function forget<State extends Known>({ byId, forward }: Tree<State>, id: number, parent: number): void {
  byId.delete(id);
  const next = forward.get(id);
  forward.delete(id);
  if (forward.get(parent) === id) {
    if (next === undefined) {
      forward.delete(parent);
    } else {
      forward.set(parent, next);
    }
  }
  for (const child of byId.values()) {
    if (child.parent === id) {
      byId.set(child.id, { ...child, parent });
    }
  }
}
