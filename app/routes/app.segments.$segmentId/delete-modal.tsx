// Asks once more before a segment goes, and says what goes with it.
import { useFetcher, useNavigate } from "@remix-run/react";
import { Modal, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { ShownSegment } from "./segment-page.tsx";
import type { SegmentPageAnswer } from "./segment-wish.ts";

export function DeleteModal({ segment, onClose }: { segment: ShownSegment; onClose: () => void }) {
  const { t } = useTranslation();
  const address = useAddress();
  const navigate = useNavigate();
  const fetcher = useFetcher<SegmentPageAnswer>();
  useAnswer(fetcher.data, () => {
    showToast(t("segments.builder.deleted"));
    void navigate(address("/app/segments"));
  });
  return (
    <Modal
      open
      title={t("segments.builder.deleteTitle", { name: segment.name })}
      onClose={onClose}
      primaryAction={{ content: t("segments.builder.delete"), destructive: true, loading: fetcher.state !== "idle", onAction: () => fetcher.submit({ intent: "delete" }, { method: "post", action: `/app/segments/${segment.id}` }) }}
      secondaryActions={[{ content: t("segments.builder.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">{t(segment.isMirrored ? "segments.builder.deleteMirrored" : "segments.builder.deleteBody")}</Text>
      </Modal.Section>
    </Modal>
  );
}
