using System.Text.RegularExpressions;

namespace EgressNet.Cmdlets.Tests.Conventions;

/// <summary>Rules that only the text of the sources can show.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Commands_throw_finished_errors_only() => Assert.All(
        Cmdlets(),
        source => Assert.All(
            Throw().Matches(source.Text),
            found => Assert.Contains(found.Groups["what"].Value, (string[])
            [
                "new ErrorRecordException", "NotFound", "new PipelineStoppedException", "fault", "",
            ])));

    [Fact]
    public void The_target_of_an_error_is_never_the_cmdlet() => Assert.All(
        Surface.Sources(),
        source => Assert.DoesNotMatch(TargetThis(), source.Text));

    [Fact]
    public void Error_ids_are_written_in_one_place() => Assert.All(
        Cmdlets(),
        source => Assert.DoesNotMatch(QuotedId(), source.Text));

    [Fact]
    public void A_catch_of_everything_is_filtered() => Assert.All(
        Cmdlets(),
        source => Assert.DoesNotMatch(BareCatch(), source.Text));

    [Fact]
    public void Nothing_goes_past_the_streams() => Assert.All(
        Surface.Sources(),
        source => Assert.DoesNotMatch(Console(), source.Text));

    [Fact]
    public void No_text_is_made_or_read_by_the_user_s_culture() => Assert.All(
        Surface.Sources().Concat(LowerFloors()),
        source => Assert.DoesNotMatch(CultureBound(), source.Text));

    [Theory, InlineData("EgressNet"), InlineData("EgressNet.Netlink")]
    public void The_lower_floors_document_every_public_member(string project)
    {
        string text = File.ReadAllText(Repository.File("src", project, $"{project}.csproj"));
        Assert.Contains("<GenerateDocumentationFile>true<", text);
        Assert.DoesNotContain("CS1591", text);
        Assert.Contains("<TreatWarningsAsErrors>true<", File.ReadAllText(Repository.File("Directory.Build.props")));
    }

    private static IEnumerable<(string Path, string Text)> Cmdlets() =>
        ((string[])["Commands", "Bases", "Batches", "Queries", "Sessions", "Arguments"])
            .SelectMany(folder => Surface.Sources(folder));

    private static IEnumerable<(string Path, string Text)> LowerFloors() =>
        Repository.Files("*.cs", "src", "EgressNet").Concat(Repository.Files("*.cs", "src", "EgressNet.Netlink"))
            .Select(file => (file, File.ReadAllText(file)));

    [GeneratedRegex(@"\bthrow\s*(?<what>(new )?\w*)")]
    private static partial Regex Throw();

    [GeneratedRegex(@"To(NotFound)?Error\([^;]*\bthis\)|new ErrorRecord\([^;]*\bthis\)")]
    private static partial Regex TargetThis();

    [GeneratedRegex("To(NotFound)?Error\\(\\s*\"")]
    private static partial Regex QuotedId();

    [GeneratedRegex(@"catch\s*(\(Exception( \w+)?\))?\s*\{")]
    private static partial Regex BareCatch();

    [GeneratedRegex(@"\bConsole\.|Write-Host|Host\.UI|WriteInformation")]
    private static partial Regex Console();

    [GeneratedRegex(@"\.To(Lower|Upper)\(\)|CurrentCulture|CurrentUICulture|(int|uint|byte|double)\.(Try)?Parse\(\w+\)")]
    private static partial Regex CultureBound();
}
