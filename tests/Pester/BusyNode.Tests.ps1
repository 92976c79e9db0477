BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "A busy node$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
        $container = Get-FreshNamespace
        Invoke-Node {
            $null = New-ContainerEgress pod1 -NetNamespace $using:container -IPAddress 10.99.0.2/24 -Gateway 10.99.0.1
        }
        0..599 | ForEach-Object {
            "link add d$_ type veth peer name e$_"
            "address add 10.$(100 + ($_ -shr 8)).$($_ % 256).1/32 dev d$_"
        } | Invoke-Ip -n $node.Name -batch -
        Invoke-Ip -n $node.Name route add default via 192.0.2.1
        $pairs = New-TemporaryFile
        1..20 | ForEach-Object { "link add c$_ type veth peer name p$_"; "link delete c$_" } | Set-Content $pairs
        $loop = 'while [ -e "$1" ]; do ip -n "$0" -force -batch "$1" 2>/dev/null; done'
        $churn = [System.Diagnostics.Process]::Start('sh', [string[]] ('-c', $loop, $node.Name, "$pairs"))
    }

    AfterAll {
        Remove-Item $pairs
        $churn.WaitForExit()
        Stop-Node $node
        Remove-IfThere $container
    }

    It '<Line> succeeds <Times> times while pairs come and go' -ForEach @(
        @{ Line = 'Get-NetRoute 0.0.0.0/0'; Times = 40 }
        @{ Line = 'Get-ContainerEgress'; Times = 40 }
        @{ Line = 'Get-NetAdapter d500'; Times = 40 }
        @{ Line = 'Get-NetAdapter d50?'; Times = 10 }
        @{ Line = 'Get-NetIPAddress 10.101.244.1'; Times = 40 }
        @{ Line = 'Get-NetIPAddress -InterfaceAlias d500'; Times = 40 }
    ) {
        $said = Invoke-Node {
            $script = [scriptblock]::Create($using:Line)
            1..$using:Times | ForEach-Object { @(& $script 2>&1).ForEach{ "$_" } -join '; ' } | Group-Object
        }
        $said.Name | Should -HaveCount 1
        $said.Count | Should -Be $Times
    }

    It 'shows all that stays' {
        $seen = Invoke-Node { 1..5 | ForEach-Object { @(Get-NetAdapter d*).Count, @(Get-NetIPAddress 10.1*).Count -join ' ' } }
        $seen | Should -Be (@('600 600') * 5)
    }

    It 'shows the names of all interfaces that stay' {
        $nameless = Invoke-Node { Get-NetIPAddress 10.1* | Where-Object InterfaceAlias -NotLike 'd*' }
        $nameless | Should -BeNullOrEmpty
        $routes = Invoke-Node { Get-NetRoute 10.1* -RouteTable local | Where-Object InterfaceAlias -NotLike 'd*' }
        $routes | Should -BeNullOrEmpty
        $churn.HasExited | Should -BeFalse
    }
}
