"""The only places where a permission may name no resource, each with its reason. A line without use is an error."""

# (role, action) → why the resource has to be "*"
ANY_RESOURCE = {
    ("DeliverRole", "sns:Publish"): "a telephone number has no ARN; the same role is denied every topic",
    ("DeliverRole", "ses:SendRawEmail"): "only when not OnAws: the emulator sees neither identity nor sender",
}

# What each function that only reads may do at most. A function is added here when its folder's text says so.
READ_ONLY = {
    "ClientPortalFunction": "pages of co-owners, landlords and renters",
    "StaffDeskFunction": "pages of the staff",
    "SupplierLinkFunction": "pages behind a supplier's link: mail scanners follow links",
    "AssetsFunction": "style sheets and scripts",
}
READING = frozenset(
    {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "s3:GetObject",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }
)
