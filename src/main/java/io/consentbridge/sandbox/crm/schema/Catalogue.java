package io.consentbridge.sandbox.crm.schema;

import static io.consentbridge.sandbox.crm.schema.FieldSpec.of;
import static io.consentbridge.sandbox.crm.schema.Fields.day;
import static io.consentbridge.sandbox.crm.schema.Fields.join;
import static io.consentbridge.sandbox.crm.schema.Fields.lookup;
import static io.consentbridge.sandbox.crm.schema.Fields.mailable;
import static io.consentbridge.sandbox.crm.schema.Fields.money;
import static io.consentbridge.sandbox.crm.schema.Fields.number;
import static io.consentbridge.sandbox.crm.schema.Fields.person;
import static io.consentbridge.sandbox.crm.schema.Fields.pick;
import static io.consentbridge.sandbox.crm.schema.Fields.privacy;
import static io.consentbridge.sandbox.crm.schema.Fields.system;
import static io.consentbridge.sandbox.crm.schema.Fields.text;
import static io.consentbridge.sandbox.crm.schema.Fields.when;
import static io.consentbridge.sandbox.crm.schema.Fields.yesNo;

import java.util.List;

/** The sandbox's modules: five of Zoho's own, one custom module with an e-mail field and one without. */
public final class Catalogue {

    public static final ModuleSpec LEADS = ModuleSpec.of(
            1,
            "Leads",
            "Lead",
            false,
            "Full_Name",
            join(
                    system(),
                    mailable(),
                    privacy(),
                    person(),
                    List.of(
                            text("Company", 200),
                            text("Designation", 100),
                            of(DataType.WEBSITE, "Website", 255),
                            pick("Lead_Status", Words.LEAD_STATUSES),
                            pick("Industry", Words.INDUSTRIES),
                            pick("Rating", Words.RATINGS),
                            money("Annual_Revenue"),
                            number("No_of_Employees").called("No. of Employees"),
                            text("Street", 250).personal("Low"),
                            text("City", 100),
                            text("State", 100),
                            text("Zip_Code", 30),
                            text("Country", 100),
                            yesNo("Converted__s").fixed(),
                            when("Converted_Date_Time").fixed(),
                            lookup("Converted_Account", "Accounts").fixed(),
                            lookup("Converted_Contact", "Contacts").fixed(),
                            lookup("Converted_Deal", "Deals").fixed())));

    public static final ModuleSpec CONTACTS = ModuleSpec.of(
            2,
            "Contacts",
            "Contact",
            false,
            "Full_Name",
            join(
                    system(),
                    mailable(),
                    privacy(),
                    person(),
                    List.of(
                            lookup("Account_Name", "Accounts"),
                            lookup("Reporting_To", "Contacts"),
                            text("Title", 100),
                            text("Department", 50),
                            day("Date_of_Birth").personal("High"),
                            text("Mailing_Street", 250).personal("Low"),
                            text("Mailing_City", 100),
                            text("Mailing_State", 100),
                            text("Mailing_Zip", 30),
                            text("Mailing_Country", 100))));

    public static final ModuleSpec MEMBERSHIPS = ModuleSpec.of(
            3,
            "Memberships",
            "Membership",
            true,
            "Name",
            join(
                    system(),
                    mailable(),
                    privacy(),
                    List.of(
                            text("Name", 120).must().called("Membership Name"),
                            text("First_Name", 40).own(),
                            text("Last_Name", 80).own(),
                            pick("Level", Words.MEMBERSHIP_LEVELS).own(),
                            day("Member_Since").own(),
                            text("Club", 200).own(),
                            pick("Payment", Words.PAYMENTS).own(),
                            of(DataType.PICKLISTS, "Interests", 2_000)
                                    .from(Words.INTERESTS)
                                    .own(),
                            of(DataType.DOUBLE, "Handicap", 16).own(),
                            of(DataType.PERCENT, "Discount", 5).own(),
                            yesNo("Honorary").own(),
                            when("Renewed_At").own(),
                            of(DataType.TEXTAREA, "Remarks", 32_000).own(),
                            of(DataType.FORMULA, "Years", 16).own().fixed(),
                            lookup("Sponsor", "Accounts").own(),
                            of(DataType.LOOKUPS, "Friends", 120).own(),
                            of(DataType.USERS, "Guides", 120).own(),
                            of(DataType.FILES, "Papers", 255).own(),
                            of(DataType.IMAGES, "Photos", 255).own(),
                            of(DataType.SUBFORM, "Payments", 255).own())));

    public static final ModuleSpec ACCOUNTS = ModuleSpec.of(
            4,
            "Accounts",
            "Account",
            false,
            "Account_Name",
            join(
                    system(),
                    List.of(
                            text("Account_Name", 200).must(),
                            of(DataType.PHONE, "Phone", 30),
                            of(DataType.WEBSITE, "Website", 255),
                            pick("Industry", Words.INDUSTRIES),
                            pick("Account_Type", Words.ACCOUNT_TYPES),
                            money("Annual_Revenue"),
                            number("Employees"),
                            lookup("Parent_Account", "Accounts"),
                            text("Billing_City", 100),
                            text("Billing_Country", 100))));

    public static final ModuleSpec DEALS = ModuleSpec.of(
            5,
            "Deals",
            "Deal",
            false,
            "Deal_Name",
            join(
                    system(),
                    List.of(
                            text("Deal_Name", 120).must(),
                            lookup("Account_Name", "Accounts"),
                            lookup("Contact_Name", "Contacts"),
                            pick("Stage", Words.DEAL_STAGES).must(),
                            money("Amount"),
                            day("Closing_Date"))));

    public static final ModuleSpec CAMPAIGNS = ModuleSpec.of(
            6,
            "Campaigns",
            "Campaign",
            false,
            "Campaign_Name",
            join(
                    system(),
                    List.of(
                            text("Campaign_Name", 100).must(),
                            pick("Type", Words.CAMPAIGN_TYPES),
                            pick("Status", Words.CAMPAIGN_STATUSES),
                            day("Start_Date"),
                            day("End_Date"),
                            money("Budgeted_Cost"))));

    public static final ModuleSpec PROJECTS = ModuleSpec.of(
            7,
            "Projects",
            "Project",
            true,
            "Name",
            join(
                    system(),
                    List.of(
                            text("Name", 120).must().called("Project Name"),
                            day("Due").own())));

    /** All modules, in Zoho's order. */
    public static final List<ModuleSpec> ALL =
            List.of(LEADS, CONTACTS, ACCOUNTS, DEALS, CAMPAIGNS, MEMBERSHIPS, PROJECTS);

    private Catalogue() {}
}
