"""The Record tab as HTML; every text is escaped here, nothing that was read is markup."""
