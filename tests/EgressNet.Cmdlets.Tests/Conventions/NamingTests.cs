using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed partial class NamingTests
{
    private static readonly Type[] s_verbs =
    [
        typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
        typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
    ];

    public static TheoryData<string> Commands => Surface.CommandNames;

    [Fact]
    public void There_are_cmdlets() => Assert.True(Surface.Commands.Count >= 16);

    [Theory, MemberData(nameof(Commands))]
    public void A_verb_is_approved(string command) => Assert.Contains(
        Surface.Find(command).Verb,
        s_verbs.SelectMany(verbs => verbs.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!));

    [Theory, MemberData(nameof(Commands))]
    public void A_noun_is_a_singular_Pascal_word(string command)
    {
        string noun = Surface.Find(command).Attribute.NounName;
        Assert.Matches(Pascal(), noun);
        Assert.False(noun.EndsWith('s') && !noun.EndsWith("ss"), noun);
    }

    [Theory, MemberData(nameof(Commands))]
    public void A_class_is_named_after_its_cmdlet(string command)
    {
        Type type = Surface.Find(command).Type;
        Assert.Equal(command.Replace("-", "") + "Command", type.Name);
        Assert.Equal("EgressNet.Commands", type.Namespace);
        Assert.True(type is { IsPublic: true, IsSealed: true });
    }

    [Fact]
    public void A_file_holds_one_cmdlet_of_its_name() => Assert.Equal(
        Surface.Commands.Select(command => command.Type.Name).Order(StringComparer.Ordinal),
        Surface.Sources("Commands").Select(source => Path.GetFileNameWithoutExtension(source.Path)));

    [Fact]
    public void A_command_file_declares_one_type() => Assert.All(
        Surface.Sources("Commands"), source => Assert.Single(TypeDeclaration().Matches(source.Text)));

    // Windows has it, and people know no other name.
    [Theory, MemberData(nameof(Commands))]
    public void A_cmdlet_has_no_alias_but_one(string command) => Assert.Equal(
        command == "Get-NetIPConfiguration" ? ["gip"] : [],
        Surface.Find(command).Type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []);

    [Theory, MemberData(nameof(Commands))]
    public void A_cmdlet_links_to_its_page(string command) => Assert.Equal(
        $"https://github.com/egressnet/egressnet/blob/main/docs/{command}.md",
        Surface.Find(command).Attribute.HelpUri);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();

    [GeneratedRegex(@"^(public|internal) .*\b(class|record|struct|enum|interface) ", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
