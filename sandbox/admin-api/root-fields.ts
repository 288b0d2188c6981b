// Which mutations a request asks for, by their names in the schema, whatever it calls itself.

import { Kind, OperationTypeNode, parse, type DocumentNode, type SelectionSetNode } from "graphql";

export function listMutations(query: string, operationName: string | null): string[] {
  const document = parseOrNull(query);
  const operations = (document?.definitions ?? []).filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName === null ? operations[0] : operations.find(({ name }) => name?.value === operationName);
  return document && operation?.operation === OperationTypeNode.MUTATION ? namesIn(operation.selectionSet, document) : [];
}

function parseOrNull(query: string): DocumentNode | null {
  try {
    return parse(query, { maxTokens: 20_000 });
  } catch {
    return null; // the executor says what is wrong with it
  }
}

function namesIn({ selections }: SelectionSetNode, document: DocumentNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return namesIn(selection.selectionSet, document);
    const fragment = document.definitions.find((definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value);
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? namesIn(fragment.selectionSet, document) : [];
  });
}
