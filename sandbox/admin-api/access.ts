// Which access scope a type or a field of the Admin API asks for, as Shopify's own schema file says it.

export type ScopeItem = {
  type: "type" | "field";
  typeName: string;
  fieldName?: string;
  requiredAccess: string;
  offlineScopes: string[];
};

/** Any one of the scopes opens the door. */
export type Requirement = { scopes: readonly string[]; sentence: string };

export type AccessRules = {
  /** what reading `typeName.fieldName`, which answers `answerType`, asks for and `granted` does not have */
  findMissing: (field: { typeName: string; fieldName: string; answerType: string }, granted: ReadonlySet<string>) => Requirement | null;
};

export function createAccessRules(items: readonly ScopeItem[]): AccessRules {
  const requirements = new Map<string, Requirement>();
  for (const { typeName, fieldName, offlineScopes, requiredAccess } of items) {
    if (offlineScopes.length === 0) continue;
    const sentence = requiredAccess.trim() || `\`${offlineScopes.join("` or `")}\` access scope.`;
    requirements.set(fieldName === undefined ? typeName : `${typeName}.${fieldName}`, { scopes: offlineScopes, sentence });
  }
  const isMissing = (requirement: Requirement | undefined, granted: ReadonlySet<string>): requirement is Requirement =>
    requirement !== undefined && !requirement.scopes.some((scope) => hasScope(granted, scope));
  return {
    findMissing({ typeName, fieldName, answerType }, granted) {
      const ofField = requirements.get(`${typeName}.${fieldName}`);
      if (isMissing(ofField, granted)) return ofField;
      // Connections and their edges carry no rule of their own; what they hold does.
      const ofAnswer = requirements.get(answerType.replace(/Connection$/, ""));
      return isMissing(ofAnswer, granted) ? ofAnswer : null;
    },
  };
}

/** Whoever may write may read. */
export const hasScope = (granted: ReadonlySet<string>, scope: string): boolean =>
  granted.has(scope) || (scope.startsWith("read_") && granted.has(scope.replace(/^read_/, "write_")));
