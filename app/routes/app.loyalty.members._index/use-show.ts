// Another list is another address.
import { useNavigate } from "@remix-run/react";
import { useAddress } from "../../ui/address.ts";
import { toMemberListParameters, type MemberList } from "../../ui/member-query.ts";

export function useShow(list: MemberList): (change: Partial<MemberList>) => void {
  const navigate = useNavigate();
  const address = useAddress();
  return (change) => navigate(address("/app/loyalty/members", toMemberListParameters({ ...list, page: 1, ...change })), { preventScrollReset: true });
}
