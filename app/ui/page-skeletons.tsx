// The next page's shape, shown the moment somebody asks for it.
import { useLocation, useNavigation } from "@remix-run/react";
import { BlockStack, Card, InlineGrid, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from "@shopify/polaris";
import type { ReactNode } from "react";

/** null: no other page is on its way; the same page with other figures keeps its old ones meanwhile. */
export function useNextPageSkeleton(): ReactNode {
  const { state, location } = useNavigation();
  const { pathname } = useLocation();
  if (state !== "loading" || location.pathname === pathname) return null;
  return skeletons[location.pathname] ?? null;
}

const skeletons: Record<string, ReactNode> = {
  "/app": <HomeSkeleton />,
  "/app/at-risk": <TallSkeleton cards={2} lines={12} fullWidth />,
  "/app/customers": <TallSkeleton cards={1} lines={18} fullWidth />,
  "/app/customers/vips": <TallSkeleton cards={2} lines={9} fullWidth />,
  "/app/customers/rfm": <TallSkeleton cards={3} lines={8} />,
  "/app/customers/stages": <TallSkeleton cards={3} lines={8} />,
  "/app/segments": <TallSkeleton cards={2} lines={14} />,
  "/app/segments/new": <TallSkeleton cards={2} lines={6} />,
  "/app/loyalty": <TallSkeleton cards={3} lines={4} />,
  "/app/loyalty/setup": <TallSkeleton cards={3} lines={6} />,
  "/app/loyalty/programme": <TallSkeleton cards={6} lines={6} />,
  "/app/surveys": <TallSkeleton cards={3} lines={6} />,
  "/app/surveys/new": <TallSkeleton cards={2} lines={12} />,
  "/app/forecasts": <TallSkeleton cards={4} lines={6} />,
  "/app/cohorts": <TallSkeleton cards={1} lines={18} fullWidth />,
  "/app/rhythm": <TallSkeleton cards={4} lines={8} fullWidth />,
  "/app/definitions": <TallSkeleton cards={2} lines={8} fullWidth />,
  "/app/loyalty/members": <TallSkeleton cards={1} lines={18} fullWidth />,
  "/app/loyalty/tasks": <TallSkeleton cards={2} lines={6} />,
  "/app/loyalty/liability": <TallSkeleton cards={4} lines={6} />,
  "/app/loyalty/compare": <TallSkeleton cards={2} lines={6} />,
  "/app/loyalty/import": <TallSkeleton cards={3} lines={5} />,
  "/app/loyalty/api": <TallSkeleton cards={3} lines={5} />,
  "/app/targets": <TallSkeleton cards={4} lines={6} />,
  "/app/sync": <TallSkeleton cards={4} lines={4} />,
};

function HomeSkeleton() {
  return (
    <SkeletonPage>
      <BlockStack gap="400">
        <SkeletonDisplayText size="small" />
        <InlineGrid columns={{ xs: 1, sm: 2, lg: 3 }} gap="400">
          {["a", "b", "c", "d", "e", "f"].map((key) => (
            <Card key={key}>
              <BlockStack gap="400">
                <SkeletonBodyText lines={1} />
                <SkeletonDisplayText size="medium" />
                <SkeletonBodyText lines={4} />
              </BlockStack>
            </Card>
          ))}
        </InlineGrid>
      </BlockStack>
    </SkeletonPage>
  );
}

function TallSkeleton({ cards, lines, fullWidth = false }: { cards: number; lines: number; fullWidth?: boolean }) {
  return (
    <SkeletonPage fullWidth={fullWidth}>
      <BlockStack gap="400">
        {Array.from({ length: cards }, (_, index) => <Card key={index}><SkeletonBodyText lines={lines} /></Card>)}
      </BlockStack>
    </SkeletonPage>
  );
}
