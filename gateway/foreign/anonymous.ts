import { Kind, type NameNode, parse, print, stripIgnoredCharacters, visit } from 'graphql';

/**
 * A document without the names that the caller gave to the operation and to fragments, which may tell a
 * merchant what it has no need to know, such as `query CaseOfAnn`. Aliases stay: the answer has them.
 */
export function anonymous(query: string): string {
  const fragments = new Map<string, NameNode>();
  const renamed = ({ value }: NameNode): NameNode => {
    const name = fragments.get(value) ?? { kind: Kind.NAME, value: `F${fragments.size}` };
    fragments.set(value, name);
    return name;
  };
  const document = visit(parse(query, { noLocation: true }), {
    OperationDefinition: (node) => ({ ...node, name: undefined }),
    FragmentDefinition: (node) => ({ ...node, name: renamed(node.name) }),
    FragmentSpread: (node) => ({ ...node, name: renamed(node.name) }),
  });
  return stripIgnoredCharacters(print(document));
}
