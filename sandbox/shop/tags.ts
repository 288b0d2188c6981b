// Tags of customers and products: the same whatever their case, and kept as they were first written.

export const hasTag = (tags: readonly string[], tag: string): boolean => tags.some((own) => own.toLowerCase() === tag.toLowerCase());

export const addTags = (has: readonly string[], asked: readonly string[]): string[] => asked.reduce((tags, tag) => (hasTag(tags, tag) ? tags : [...tags, tag]), [...has]);

export const removeTags = (has: readonly string[], asked: readonly string[]): string[] => has.filter((tag) => !hasTag(asked, tag));
