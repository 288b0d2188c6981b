// The list of members in the shape its page shows it.
import type { ListedMember } from "../../capabilities/loyalty/model/books.ts";

export type MemberRow = ReturnType<typeof toMemberRow>;

export const toMemberRow = ({ customerId, ...member }: ListedMember) => ({ id: String(customerId), ...member });
