// What of the shop's theme says whether our panel is on.
export const themeSettingsQuery = /* GraphQL */ `
  query themeSettings {
    currentAppInstallation {
      app {
        handle
      }
    }
    themes(first: 1, roles: [MAIN]) {
      nodes {
        files(filenames: ["config/settings_data.json"], first: 1) {
          nodes {
            body {
              ... on OnlineStoreThemeFileBodyText {
                content
              }
            }
          }
        }
      }
    }
  }
`;
